import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listen } from './listen.ts';
import { passBody } from './pass-body.ts';

test('an answer that breaks off is cut off for the caller too, and nothing of it is printed or added', async () => {
  const printed = [vi.spyOn(console, 'error'), vi.spyOn(console, 'info')];
  const stop = new AbortController();
  const upstream = createServer((_, response) => {
    response.writeHead(200).write('the first half');
  });
  await new Promise<void>((resolve) => {
    upstream.listen(0, '127.0.0.1', resolve);
  });
  const address = upstream.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const front = await listen({
    host: '127.0.0.1',
    port: 0,
    fetch: async (request, env) => {
      const { pathname } = new URL(request.url);
      const { body } = await fetch(`http://127.0.0.1:${port}${pathname}`, { signal: stop.signal });
      return new Response(passBody(body!, env.outgoing));
    },
  });
  onTestFinished(async () => {
    upstream.closeAllConnections();
    upstream.close();
    await front.close({ timeoutMs: 0 });
  });
  const read = async (path: string, then: () => void) => {
    const { body } = await fetch(`http://127.0.0.1:${front.port}${path}`);
    const reader = body!.getReader();
    const { value } = await reader.read();
    then();
    return [new TextDecoder().decode(value), await reader.read().catch(() => 'cut off')];
  };
  expect(await read('/breaks', () => upstream.closeAllConnections())).toEqual(['the first half', 'cut off']);
  expect(await read('/stopped', () => stop.abort())).toEqual(['the first half', 'cut off']);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});
