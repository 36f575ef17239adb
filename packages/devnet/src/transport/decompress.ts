import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { GrpcError } from '../grpc-error.ts';
import type { ByteLease } from './create-byte-budget.ts';
import { maxMessageBytes } from './create-frame.ts';

const decompressors = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/** What the server names to clients that compress. */
export const acceptedEncodings: string = ['identity', ...Object.keys(decompressors)].join(',');

/** One byte becomes no more than this many in DEFLATE. */
const largestRatio = 1_032;

/** Undoes `grpc-encoding` of one message. @throws GrpcError when it is unknown, broken or too large. */
export async function decompress(options: {
  payload: Buffer;
  encoding: string | null;
  lease: ByteLease;
}): Promise<Uint8Array> {
  const { payload, lease } = options;
  const encoding = options.encoding ?? 'identity';
  if (!isKnown(encoding)) {
    const known = encoding === 'identity';
    throw known
      ? new GrpcError('INTERNAL', 'grpc: compressed flag set with identity or empty encoding')
      : new GrpcError('UNIMPLEMENTED', `grpc: Decompressor is not installed for grpc-encoding "${encoding}"`);
  }
  const reserved = Math.min(maxMessageBytes, payload.length * largestRatio);
  lease.take(reserved);
  try {
    const message = await decompressors[encoding](payload, { maxOutputLength: maxMessageBytes });
    lease.give(reserved - message.length);
    return message;
  } catch (error) {
    lease.give(reserved);
    const tooLarge = error instanceof RangeError;
    throw tooLarge
      ? new GrpcError('RESOURCE_EXHAUSTED', `grpc: message after decompression larger than max ${maxMessageBytes}`)
      : new GrpcError('INTERNAL', 'grpc: failed to decompress the received message');
  }
}

function isKnown(encoding: string): encoding is keyof typeof decompressors {
  return Object.hasOwn(decompressors, encoding);
}
