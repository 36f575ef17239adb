import type { Cost } from '../governor/types.ts';
import type { RawClient } from './native-types.ts';

/** What the SDK's client has asked of the network, as far as it counts. */
export interface CallMeter {
  /** Calls counted since the last look, whichever work made them. */
  take(): Cost;
}

/**
 * The SDK counts most of its calls, its workers' and the repeats of refused ones too, but not the queries of groups and
 * of commit logs: those are added by whoever asks (govern-native).
 */
export function createCallMeter(client: Pick<RawClient, 'apiStatistics' | 'apiIdentityStatistics'>): CallMeter {
  let seen: Cost = { reads: 0, writes: 0 };
  const read = (): Cost => {
    const api = client.apiStatistics();
    const identity = client.apiIdentityStatistics();
    return {
      reads: Number(
        api.fetchKeyPackage +
          api.queryWelcomeMessages +
          api.subscribeMessages +
          api.subscribeWelcomes +
          identity.getIdentityUpdatesV2 +
          identity.getInboxIds +
          identity.verifySmartContractWalletSignature,
      ),
      writes: Number(
        api.uploadKeyPackage + api.sendGroupMessages + api.sendWelcomeMessages + identity.publishIdentityUpdate,
      ),
    };
  };
  return {
    take() {
      const now = read();
      const cost = { reads: now.reads - seen.reads, writes: now.writes - seen.writes };
      seen = now;
      return cost;
    },
  };
}
