import { setTimeout as delay } from 'node:timers/promises';
import { toRow } from '../harness/to-row.ts';
import type { Context, Suite } from '../harness/suite.ts';
import { interleave } from '../measure/interleave.ts';
import { residentMemory } from '../measure/resident-memory.ts';
import { startBareScript } from '../peers/start-bare-script.ts';
import { type CrowdCalls, crowdModule } from '../peers/crowd-module.ts';
import { startChild } from '../processes/start-child.ts';

const name = 'memory';
const residentMegabytes = async (pid: number): Promise<number> => (await residentMemory(pid)) / 2 ** 20;

/** After a rest in which the garbage of the start may go. */
async function restingMegabytes(context: Context, pid: number): Promise<number> {
  await delay(context.pick(5_000, 100));
  return residentMegabytes(pid);
}

/** What each further agent costs a process that has one already. */
async function perFurther(context: Context, kind: 'mailbox' | 'client'): Promise<number> {
  const further = context.pick(10, 2);
  const child = startChild<CrowdCalls>(crowdModule);
  context.defer(child.stop);
  const folder = await context.folder();
  const networkUrl = await context.networkUrl();
  await child.call('open', { kind, count: 1, folder, networkUrl });
  const one = await restingMegabytes(context, child.pid);
  await child.call('open', { kind, count: further, folder, networkUrl });
  const all = await restingMegabytes(context, child.pid);
  await child.stop();
  return (all - one) / further;
}

export const memory: Suite = {
  name,
  what: 'resident memory of one idle agent that receives, beside a script on the bare SDK with its stream open',
  target: 'ratio <= 1.3; per further agent reported',
  async run(context) {
    const { main, flags } = await context.deployed();
    const idle = await interleave({
      contenders: {
        ours: async () => {
          if (context.minute) return residentMegabytes((await context.shared.server()).pid);
          const server = await context.server({ main });
          const megabytes = await restingMegabytes(context, server.pid);
          await server.stop();
          return megabytes;
        },
        bare: async () => {
          const script = await startBareScript(await context.identity(), flags);
          context.defer(script.stop);
          const megabytes = await restingMegabytes(context, script.pid);
          await script.stop();
          return megabytes;
        },
      },
      rounds: context.pick(3, 1),
      warmUp: 0,
      onRound: (round, of) => context.progress(`round ${round + 1} of ${of}`),
    });
    context.progress('further agents');
    const further = { ours: await perFurther(context, 'mailbox'), bare: await perFurther(context, 'client') };

    return [
      toRow({
        name,
        measure: 'MB, one idle agent',
        ours: idle.ours,
        peer: { name: 'bare SDK', values: idle.bare },
        target: { of: 'ratio', is: '<=', limit: 1.3 },
      }),
      toRow({
        name,
        measure: 'MB, each further agent in the process',
        ours: [further.ours],
        peer: { name: 'bare SDK', values: [further.bare] },
      }),
    ];
  },
};
