import { GrpcError } from '../grpc-error.ts';

/** Bytes that arrive in pieces, however small. */
export interface GrowingBuffer {
  /** @throws GrpcError RESOURCE_EXHAUSTED */
  push(chunk: Uint8Array): void;
  /** What has arrived so far; a view, no copy. */
  bytes(): Buffer;
}

export interface GrowingBufferOptions {
  readonly maxBytes: number;
  /** Told of memory before it is allocated; may throw. */
  readonly onGrow: (bytes: number) => void;
}

const smallest = 1024;

/** Memory grows with what arrives, never with what was announced. */
export function createGrowingBuffer({ maxBytes, onGrow }: GrowingBufferOptions): GrowingBuffer {
  let buffer = Buffer.alloc(0);
  let used = 0;
  return {
    push(chunk) {
      const needed = used + chunk.length;
      if (needed > maxBytes) throw new GrpcError('RESOURCE_EXHAUSTED', 'the request is too large');
      if (needed > buffer.length) {
        const capacity = used === 0 ? chunk.length : Math.min(maxBytes, Math.max(smallest, needed, buffer.length * 2));
        onGrow(capacity - buffer.length);
        const next = Buffer.allocUnsafe(capacity);
        next.set(buffer.subarray(0, used));
        buffer = next;
      }
      buffer.set(chunk, used);
      used = needed;
    },
    bytes: () => buffer.subarray(0, used),
  };
}
