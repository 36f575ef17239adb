import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { interleave } from '../measure/interleave.ts';
import { startBareScript } from '../peers/start-bare-script.ts';
import { launchServer } from '../peers/launch-server.ts';
import { prepareWaitingHomes } from './prepare-waiting-homes.ts';

const name = 'start';

export const start: Suite = {
  name,
  what: 'from process start to connected with a database that exists, beside a bare script until its stream is open',
  target: 'ratio <= 1.3',
  async run(context) {
    const { main, flags } = await context.deployed();
    const homes = await prepareWaitingHomes(context, { correspondents: 1, messages: 32 });
    const seconds = await interleave({
      contenders: {
        ours: async () => {
          const home = await homes.ours();
          const begin = performance.now();
          const server = await launchServer({ ...home, main });
          context.defer(server.stop);
          await server.connected();
          const elapsed = performance.now() - begin;
          await server.stop();
          return elapsed;
        },
        bare: async () => {
          const identity = await homes.bare();
          const begin = performance.now();
          const script = await startBareScript(identity, flags);
          context.defer(script.stop);
          const elapsed = performance.now() - begin;
          await script.stop();
          return elapsed;
        },
      },
      rounds: context.pick(7, 1),
      warmUp: context.pick(1, 0),
      onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
    });
    return [
      toRow({
        name,
        measure: 'ms to connected',
        ours: seconds.ours,
        peer: { name: 'bare SDK', values: seconds.bare },
        target: { of: 'ratio', is: '<=', limit: 1.3 },
      }),
    ];
  },
};
