import { GrpcError } from '../grpc-error.ts';
import { writeMethods } from '../faults/create-faults.ts';

/** What the network lets one address do. Absent keys mean no limit. */
export interface Limits {
  /** Largest group message or welcome, in bytes. */
  payloadBytes?: number | undefined;
  /** Calls that store something. */
  writes?: Rate | undefined;
  /** Every other call. */
  reads?: Rate | undefined;
}

/** A bucket that holds `burst` calls and refills at `perMinute`. */
export interface Rate {
  perMinute: number;
  burst: number;
}

/** The limits of XMTP's production network. */
export const PRODUCTION_LIMITS: Limits = {
  payloadBytes: 1_048_214,
  writes: { perMinute: 600, burst: 3_000 },
  reads: { perMinute: 4_000, burst: 20_000 },
};

/** Counts calls per address. */
export interface Quotas {
  /** @throws GrpcError RESOURCE_EXHAUSTED when the address has used up its calls. */
  take(call: { method: string; address: string }): void;
}

/** @param now Milliseconds since the epoch. */
export function createQuotas({ limits, now }: { limits: Limits; now: () => number }): Quotas {
  const writes = createBuckets(limits.writes, now);
  const reads = createBuckets(limits.reads, now);
  return {
    take({ method, address }) {
      const take = writeMethods.has(method) ? writes : reads;
      if (!take(address)) throw new GrpcError('RESOURCE_EXHAUSTED', `rate limit exceeded for ${method}`);
    },
  };
}

function createBuckets(rate: Rate | undefined, now: () => number): (address: string) => boolean {
  if (rate === undefined) return () => true;
  const buckets = new Map<string, { level: number; at: number }>();
  return (address) => {
    const at = now();
    const bucket = buckets.get(address) ?? { level: rate.burst, at };
    const refill = (Math.max(0, at - bucket.at) / 60_000) * rate.perMinute;
    const level = Math.min(rate.burst, bucket.level + refill);
    const allowed = level >= 1;
    buckets.set(address, { level: allowed ? level - 1 : level, at });
    return allowed;
  };
}
