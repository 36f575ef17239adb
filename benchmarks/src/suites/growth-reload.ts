import { randomBytes } from 'node:crypto';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import type { Arrival } from '../peers/arrival-of.ts';
import { startServer } from '../peers/launch-server.ts';

const name = 'growth.reload';
const gapMs = 25;

export const growthReload: Suite = {
  name,
  what: 'from the stamp to the SSE line while an allowlist of 100,000 entries is replaced again and again, beside the same with a list of one',
  target: 'p50 <= 2 times',
  async run(context) {
    const [entries, count] = [context.pick(100_000, 500), context.pick(200, 4)];
    const folder = await context.folder();
    const server = await startServer({ folder, networkUrl: await context.networkUrl() });
    context.defer(server.stop);
    const writer = await (context.minute ? context.shared.correspondent() : context.bareSdk());
    await server.allow([writer.address]);
    const arrivals: Arrival[] = [];
    context.defer(await server.events((arrival) => void arrivals.push(arrival)));
    const homes = await readdir(join(folder, 'xmtp'));
    const path = join(
      folder,
      'xmtp',
      homes.find((each) => each.startsWith('0x'))!,
      'allowlist.yaml',
    );
    const small = await readFile(path, 'utf8');
    const many = Array.from({ length: entries }, () => `- address: "0x${randomBytes(20).toString('hex')}"\n`).join('');

    /** Milliseconds of each message while the list is written `times` times. */
    const measure = async (text: string, times: number): Promise<number[]> => {
      const from = arrivals.length;
      const sending = writer.call('sendPaced', { to: server.address, count, gapMs });
      for (let time = 0; time < times; time += 1) {
        await writeFile(`${path}.next`, text, { mode: 0o600 });
        await rename(`${path}.next`, path);
        await delay(context.pick(1_000, 100));
      }
      await sending;
      for (let waits = 0; arrivals.length < from + count; waits += 1) {
        if (waits === 200) throw new Error(`${arrivals.length - from} of ${count} messages arrived`);
        await delay(100);
      }
      return arrivals.slice(from).map(({ stampedAt, receivedAt }) => receivedAt - stampedAt);
    };
    context.progress('a list of one');
    const calm = await measure(small, 1);
    context.progress(`a list of ${entries}`);
    const busy = await measure(small + many, context.pick(5, 1));
    return [
      toRow({
        name,
        measure: `ms, p50, while a list of ${entries} is read`,
        ours: busy,
        peer: { name: 'a list of one', values: calm },
        target: { of: 'ratio', is: '<=', limit: 2 },
        note: `O(entries) for each reading, none for a message; the slowest ${Math.round(Math.max(...busy))} beside ${Math.round(Math.max(...calm))} ms`,
      }),
    ];
  },
};
