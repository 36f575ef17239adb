import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../harness/suite.ts';
import { createHttpClient } from '../peers/create-http-client.ts';
import type { SendJob } from '../peers/create-naive-sender.ts';
import { sendOverHttp } from '../peers/send-over-http.ts';
import { startBareSdk } from '../peers/start-bare-sdk.ts';
import { type Parts, partsBetween } from './parts-between.ts';
import { toPartsTable } from './to-parts-table.ts';

const preload = fileURLToPath(new URL('watch-parts.child.ts', import.meta.url));

/** Sends one message after the other with our server and with the gateway, in turn, and says where the time went. */
export async function profileSends(context: Context): Promise<string> {
  const folder = await context.folder();
  const watched = { BENCH_PARTS: folder, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${preload}` };
  const to = await context.shared.recipients(1);
  const server = await context.server({ settings: watched });
  const gateway = await startBareSdk(await context.identity(), watched);
  context.defer(gateway.stop);
  const http = createHttpClient(await gateway.call('serve'));
  context.defer(http.close);

  const partsOf = async (pid: number, requests: number): Promise<Parts> => {
    for (;;) {
      const text = await readFile(join(folder, `${pid}.json`), 'utf8').catch(() => null);
      const parts = text === null ? null : (JSON.parse(text) as Parts);
      if (parts?.requests === requests) return parts;
      await delay(20);
    }
  };
  const sides = [
    { pid: server.pid, send: (job: SendJob) => server.send(job) },
    { pid: gateway.pid, send: (job: SendJob) => sendOverHttp(http, job) },
  ];
  const [warm, count, rounds] = [context.pick(100, 4), context.pick(48, 8), context.pick(8, 1)];
  for (const { send } of sides) await send({ to, count: warm, callers: 1 });
  const before = await Promise.all(sides.map(({ pid }) => partsOf(pid, warm)));
  for (let round = 0; round < rounds; round += 1) {
    context.progress(`round ${round + 1} of ${rounds}`);
    for (const { send } of sides) await send({ to, count, callers: 1 });
  }
  const after = await Promise.all(sides.map(({ pid }) => partsOf(pid, warm + count * rounds)));
  const [ours, theirs] = before.map((parts, side) => partsBetween(parts, after[side]!));
  return toPartsTable(ours!, theirs!);
}
