import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { createArrivalCounter } from '../measure/create-arrival-counter.ts';
import { interleave } from '../measure/interleave.ts';
import { startBareSdk } from '../peers/start-bare-sdk.ts';
import { launchServer } from '../peers/launch-server.ts';
import { prepareWaitingHomes } from './prepare-waiting-homes.ts';

const name = 'catchup';
const quietMs = 30_000;

export const catchup: Suite = {
  name,
  what: '5,000 messages waiting at start, from process start to the last SSE line; beside syncAll, list and messages',
  target: 'ratio to sync + list >= 0.8',
  async run(context) {
    const messages = context.pick(5_000, 64);
    const homes = await prepareWaitingHomes(context, { correspondents: context.pick(8, 1), messages });

    const rates = await interleave({
      contenders: {
        ours: async () => {
          const home = await homes.ours();
          const counter = createArrivalCounter();
          const start = performance.now();
          const server = await launchServer(home);
          context.defer(server.stop);
          await server.events(counter.add);
          const arrivals = await counter.take(messages, quietMs);
          const seconds = (performance.now() - start) / 1_000;
          await server.stop();
          if (arrivals.length !== messages) throw new Error(`${arrivals.length} of ${messages} messages arrived`);
          return messages / seconds;
        },
        bare: async () => {
          const identity = await homes.bare();
          const start = performance.now();
          const bareSdk = await startBareSdk(identity);
          context.defer(bareSdk.stop);
          const texts = await bareSdk.call('catchUp');
          const seconds = (performance.now() - start) / 1_000;
          await bareSdk.stop();
          if (texts !== messages) throw new Error(`the bare SDK listed ${texts} of ${messages} messages`);
          return messages / seconds;
        },
      },
      rounds: context.pick(3, 1),
      // Each round is a new process: nothing would stay warm.
      warmUp: 0,
      onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
    });

    return [
      toRow({
        name,
        measure: 'messages/s to the consumer',
        ours: rates.ours,
        peer: { name: 'sync + list', values: rates.bare },
        target: { of: 'ratio', is: '>=', limit: 0.8 },
      }),
    ];
  },
};
