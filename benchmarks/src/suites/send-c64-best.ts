import type { Suite } from '../harness/suite.ts';
import { compareSenders } from './compare-senders.ts';

export const sendC64Best: Suite = {
  name: 'send.c64.best',
  what: 'the same, beside the best that the SDK can do: 32 stored optimistically, then one publishMessages',
  target: 'ratio to best >= 0.85',
  run: (context) =>
    compareSenders(context, {
      name: 'send.c64.best',
      callers: 64,
      recipients: 1,
      counts: { ours: 256, best: 512 },
      targets: { best: { of: 'ratio', is: '>=', limit: 0.85 } },
    }),
};
