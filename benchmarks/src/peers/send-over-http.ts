import { inParallel } from '../measure/in-parallel.ts';
import type { HttpClient } from './create-http-client.ts';
import type { SendJob } from './create-naive-sender.ts';
import { payload } from './payload.ts';

/** `POST /xmtp/send` from `callers` callers at once, recipients in turn. Resolves to milliseconds. */
export async function sendOverHttp(http: HttpClient, { to, count, callers }: SendJob): Promise<number> {
  const start = performance.now();
  await inParallel(callers, count, (index) =>
    http.sendJson('POST', '/xmtp/send', { to: to[index % to.length], message: payload(index) }),
  );
  return performance.now() - start;
}
