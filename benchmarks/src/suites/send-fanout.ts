import type { Suite } from '../harness/suite.ts';
import { compareSenders } from './compare-senders.ts';

export const sendFanout: Suite = {
  name: 'send.fanout',
  what: 'POST /xmtp/send from 64 callers to 32 recipients, beside 64 concurrent sendText',
  target: 'ratio to naive >= 3, to gateway >= 1.3',
  run: (context) =>
    compareSenders(context, {
      name: 'send.fanout',
      callers: 64,
      recipients: 32,
      counts: { ours: 160, naive: 160, best: 640, 'agent-sdk': 160, gateway: 160, 'agent-sdk gateway': 160 },
      targets: { naive: { of: 'ratio', is: '>=', limit: 3 }, gateway: { of: 'ratio', is: '>=', limit: 1.3 } },
    }),
};
