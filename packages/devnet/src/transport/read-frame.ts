import { GrpcError } from '../grpc-error.ts';
import { frameHeaderBytes, maxMessageBytes } from './create-frame.ts';

const compressedFlag = 1;

/** One message of a request. */
export interface Frame {
  readonly compressed: boolean;
  readonly payload: Buffer;
}

/** The first message in `bytes`, or null while it is not whole. @throws GrpcError when it is too large or no message. */
export function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < frameHeaderBytes) return null;
  const flags = bytes.readUInt8(0);
  if (flags > compressedFlag) throw new GrpcError('INTERNAL', `grpc: received unexpected payload format ${flags}`);
  const length = bytes.readUInt32BE(1);
  if (length > maxMessageBytes) {
    const words = `grpc: received message larger than max (${length} vs. ${maxMessageBytes})`;
    throw new GrpcError('RESOURCE_EXHAUSTED', words);
  }
  const end = frameHeaderBytes + length;
  if (bytes.length < end) return null;
  const payload = bytes.subarray(frameHeaderBytes, end);
  return { compressed: flags === compressedFlag, payload };
}
