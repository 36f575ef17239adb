import type { FaultPlan } from '@xmtp-messaging/devnet';
import type { TroubleKind } from './kind.ts';

const plans: Readonly<Record<string, FaultPlan>> = {
  'refused calls': { errors: [{ code: 'UNAVAILABLE', probability: 0.3 }] },
  'lost answers': {
    errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE', probability: 0.5, afterwards: true }],
  },
  'refused writes': { refuseWrites: true },
  'slow calls': { latency: [{ ms: 50, jitterMs: 250 }] },
};

export const calls: TroubleKind = {
  about: 'calls to the network are refused, slow, or done with the answer lost',
  equip: () => ({
    troubles: ({ faults }) =>
      Object.entries(plans).map(([name, plan]) => ({ name, begin: () => faults.add({ ...plan }) })),
  }),
};
