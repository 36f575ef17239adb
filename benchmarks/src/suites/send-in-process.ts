import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { interleave } from '../measure/interleave.ts';

const name = 'send.in-process';

export const sendInProcess: Suite = {
  name,
  what: 'mailbox.send in its own process, one after the other to one recipient, beside sendText',
  target: 'ratio to naive >= 0.90',
  async run(context) {
    const [mailbox, naive] = [await context.mailbox(), await context.bareSdk()];
    const to = await context.shared.recipients(1);
    const job = { to, count: context.pick(192, 16), callers: 1 };
    await mailbox.call('prepare', to);
    await naive.call('prepare', to);
    const rate = (ms: number) => (job.count / ms) * 1_000;
    const values = await interleave({
      contenders: {
        ours: async () => rate(await mailbox.call('send', job)),
        naive: async () => rate(await naive.call('sendNaive', job)),
      },
      rounds: context.pick(5, 1),
      warmUp: context.pick(1, 0),
      onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
    });
    return [
      toRow({
        name,
        measure: 'messages/s',
        ours: values.ours,
        peer: { name: 'naive', values: values.naive },
        target: { of: 'ratio', is: '>=', limit: 0.9 },
      }),
    ];
  },
};
