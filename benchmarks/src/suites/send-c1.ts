import type { Suite } from '../harness/suite.ts';
import { compareSenders } from './compare-senders.ts';

export const sendC1: Suite = {
  name: 'send.c1',
  what: 'POST /xmtp/send from one caller to one recipient, beside sendText and beside a gateway of Hono and the SDK',
  target: 'ratio to naive >= 0.9, to gateway >= 1',
  run: (context) =>
    compareSenders(context, {
      name: 'send.c1',
      callers: 1,
      recipients: 1,
      counts: { ours: 192, naive: 192, 'agent-sdk': 192, gateway: 150, 'agent-sdk gateway': 150 },
      targets: { naive: { of: 'ratio', is: '>=', limit: 0.9 }, gateway: { of: 'ratio', is: '>=', limit: 1 } },
    }),
};
