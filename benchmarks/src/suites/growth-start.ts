import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { residentMemory } from '../measure/resident-memory.ts';
import { startServer } from '../peers/launch-server.ts';

const name = 'growth.start';
/** Conversations that one client opens; each costs it about ten requests. */
const openAtMost = 250;

export const growthStart: Suite = {
  name,
  what: 'a start, and the memory after it, with 10, 100, 1,000 and 5,000 conversations',
  target: 'start < 2 s at 1,000; memory within 1.5 of the smallest',
  async run(context) {
    const place = { folder: await context.folder(), networkUrl: await context.networkUrl() };
    let server = await startServer(place);
    context.defer(() => server.stop());
    const sizes = context.minute ? [1, 2] : [10, 100, 1_000, 5_000];
    const found: { size: number; starts: number[]; megabytes: number[] }[] = [];
    let opened = 0;
    for (const size of sizes) {
      while (opened < size) {
        context.progress(`${opened} of ${size} conversations`);
        const count = Math.min(size - opened, openAtMost);
        const opener = await (context.minute ? context.shared.correspondent() : context.bareSdk());
        await server.allow([opener.address]);
        await opener.call('openGroups', { members: [server.address], count });
        if (!context.minute) await opener.stop();
        opened += count;
      }
      if (!context.minute) await server.synced();
      const [starts, megabytes]: [number[], number[]] = [[], []];
      for (let round = 0; round < context.pick(3, 1); round += 1) {
        context.progress(`start ${round + 1} with ${size} conversations`);
        await server.stop();
        const begin = performance.now();
        server = await startServer({ ...place, address: server.address });
        starts.push(performance.now() - begin);
        megabytes.push((await residentMemory(server.pid)) / 2 ** 20);
      }
      found.push({ size, starts, megabytes });
    }
    const [first] = found;
    return found.slice(1).flatMap(({ size, starts, megabytes }) => [
      toRow({
        name,
        measure: `ms to connected, ${size} conversations`,
        ours: starts,
        peer: { name: `at ${first!.size}`, values: first!.starts },
        ...(size === 1_000 ? { target: { of: 'value', is: '<', limit: 2_000 } as const } : {}),
        note: 'O(conversations)',
      }),
      toRow({
        name,
        measure: `MB after it, ${size} conversations`,
        ours: megabytes,
        peer: { name: `at ${first!.size}`, values: first!.megabytes },
        target: { of: 'ratio', is: '<=', limit: 1.5 },
        note: 'O(conversations), kilobytes each',
      }),
    ]);
  },
};
