import type { Suite } from '../harness/suite.ts';
import { compareSenders } from './compare-senders.ts';

export const sendC64: Suite = {
  name: 'send.c64',
  what: 'POST /xmtp/send from 64 callers to one recipient, beside 64 concurrent sendText',
  target: 'ratio to naive >= 8, to gateway >= 6',
  run: (context) =>
    compareSenders(context, {
      name: 'send.c64',
      callers: 64,
      recipients: 1,
      counts: { ours: 256, naive: 192, 'agent-sdk': 192, gateway: 128, 'agent-sdk gateway': 128 },
      targets: { naive: { of: 'ratio', is: '>=', limit: 8 }, gateway: { of: 'ratio', is: '>=', limit: 6 } },
    }),
};
