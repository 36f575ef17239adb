import { GrpcError } from '../grpc-error.ts';

/** Memory that unfinished calls may hold together. */
export interface ByteBudget {
  /** A call begins. @throws GrpcError RESOURCE_EXHAUSTED when others hold everything */
  open(): ByteLease;
}

/** What one call holds. */
export interface ByteLease {
  /** @throws GrpcError RESOURCE_EXHAUSTED; nothing is taken then. */
  readonly take: (bytes: number) => void;
  readonly give: (bytes: number) => void;
  /** Gives everything back. May be called twice. */
  readonly release: () => void;
}

/** What a call costs besides its messages, in bytes. */
const callBytes = 16 * 1024;

/**
 * Callers that send without an end, or never read, hold this much memory and not more; who comes then is refused until they
 * are gone. @param maxBytes For all calls of all clients together.
 */
export function createByteBudget(maxBytes: number): ByteBudget {
  let total = 0;
  return {
    open() {
      let held = 0;
      const lease: ByteLease = {
        take(bytes) {
          if (total + bytes > maxBytes) throw new GrpcError('RESOURCE_EXHAUSTED', 'the devnet holds too many calls');
          total += bytes;
          held += bytes;
        },
        give(bytes) {
          total -= bytes;
          held -= bytes;
        },
        release: () => lease.give(held),
      };
      lease.take(callBytes);
      return lease;
    },
  };
}
