import type { NetworkLimits } from './types.ts';

/** The reference node's limits for one IP address (xmtp-node-go, ratelimiter). */
export const productionNetworkLimits: NetworkLimits = {
  reads: { perMinute: 4_000, burst: 20_000 },
  writes: { perMinute: 600, burst: 3_000 },
};

/** The SDK lets a client make 5,000 calls in 60 s; further ones wait without a word. We stay below. */
export const sdkCallsPerMinute = 4_900;
/** Strangers' share of it. */
export const strangersPerMinute = 600;
