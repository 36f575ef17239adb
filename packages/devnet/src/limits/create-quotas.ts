import { fromBinary } from '@bufbuild/protobuf';
import { SendGroupMessagesRequestSchema, SendWelcomeMessagesRequestSchema } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import { PublishClientEnvelopesRequestSchema } from '../gen/xmtp/xmtpv4/payer_api/payer_api_pb.ts';
import { GrpcError } from '../grpc-error.ts';

/** What the network lets one address do. Absent keys mean no limit. */
export interface Limits {
  /** Largest group message or welcome, in bytes. */
  payloadBytes?: number | undefined;
  /** Messages, welcomes, key packages and identity updates that are published. */
  writes?: Rate | undefined;
  /** Every other call. */
  reads?: Rate | undefined;
}

/**
 * A bucket that holds `burst` calls. It is filled at `perMinute` for each whole minute without any call, and only then:
 * whoever calls at least once a minute uses up its burst and never gets anything back.
 */
export interface Rate {
  /** Calls. */
  perMinute: number;
  /** Calls. */
  burst: number;
}

/** The limits of XMTP's production network, as the reference node has them. */
export const productionLimits: Limits = {
  payloadBytes: 1_048_214,
  writes: { perMinute: 600, burst: 3_000 },
  reads: { perMinute: 4_000, burst: 20_000 },
};

/** A call before it is handled. */
export interface QuotaCall {
  /** Of gRPC, such as `SendGroupMessages`. */
  method: string;
  /** IP address of the caller. */
  address: string;
  /** The encoded request; without it the call costs one. */
  request?: Uint8Array | undefined;
}

/** Counts calls per address. */
export interface Quotas {
  /** @throws GrpcError RESOURCE_EXHAUSTED when the address has used up its calls. */
  take(call: QuotaCall): void;
  /** What every address has left. */
  save(): QuotaState;
  /** Back to what it was. */
  restore(state: QuotaState): void;
}

/** What is left to each address, of writes and of reads, and when it last called. */
export interface QuotaState {
  /** For calls that publish. */
  readonly writes: BucketLevels;
  /** For all other calls. */
  readonly reads: BucketLevels;
}

type BucketLevels = ReadonlyMap<string, { readonly level: number; readonly seenAt: number }>;

/** Publishing to the commit log is not among them: the node counts it as a read. */
const publishMethods = new Set([
  'SendGroupMessages',
  'SendWelcomeMessages',
  'RegisterInstallation',
  'UploadKeyPackage',
  'PublishIdentityUpdate',
  'PublishClientEnvelopes',
]);

/**
 * The limiter of the reference node: one bucket for each address and kind of call, charged before anything else is looked
 * at, in the words of the node. A refused call is not charged, but is a call and keeps the bucket from being filled.
 * `limits`: those that are absent do not hold. `now`: milliseconds of a clock that never steps back.
 */
export function createQuotas({ limits, now }: { limits: Limits; now: () => number }): Quotas {
  const writes = createBuckets(limits.writes, now);
  const reads = createBuckets(limits.reads, now);
  return {
    take({ method, address, request }) {
      const isWrite = publishMethods.has(method);
      const buckets = isWrite ? writes : reads;
      if (buckets === null) return;
      const cost = costOf(method, request);
      if (buckets.take(address, cost)) return;
      throw new GrpcError('RESOURCE_EXHAUSTED', `${cost} exceeds rate limit R${address}${isWrite ? 'PUB' : 'DEF'}`);
    },
    save: () => ({ writes: new Map(writes?.levels), reads: new Map(reads?.levels) }),
    restore(state) {
      writes?.restore(state.writes);
      reads?.restore(state.reads);
    },
  };
}

/** Messages cost one each, in however few calls they come; every other call costs one. */
function costOf(method: string, request: Uint8Array | undefined): number {
  if (request === undefined) return 1;
  try {
    if (method === 'SendGroupMessages') return fromBinary(SendGroupMessagesRequestSchema, request).messages.length;
    if (method === 'SendWelcomeMessages') return fromBinary(SendWelcomeMessagesRequestSchema, request).messages.length;
    if (method === 'PublishClientEnvelopes')
      return fromBinary(PublishClientEnvelopesRequestSchema, request).envelopes.length;
  } catch {
    // It will be refused for what it is.
  }
  return 1;
}

function createBuckets(rate: Rate | undefined, now: () => number) {
  if (rate === undefined) return null;
  const buckets = new Map<string, { readonly level: number; readonly seenAt: number }>();
  return {
    levels: buckets as BucketLevels,
    restore(levels: BucketLevels): void {
      buckets.clear();
      for (const [address, bucket] of levels) buckets.set(address, bucket);
    },
    take(address: string, cost: number): boolean {
      const at = now();
      const bucket = buckets.get(address) ?? { level: rate.burst, seenAt: at };
      const minutes = Math.floor(Math.max(0, at - bucket.seenAt) / 60_000);
      const level = Math.min(rate.burst, bucket.level + minutes * rate.perMinute);
      const allowed = level >= cost;
      buckets.set(address, { level: allowed ? level - cost : level, seenAt: Math.max(at, bucket.seenAt) });
      return allowed;
    },
  };
}
