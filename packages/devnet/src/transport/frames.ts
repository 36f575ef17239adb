import { GrpcError } from '../grpc-error.ts';

/** The largest message of a request, in bytes, before and after decompression. */
export const maxMessageBytes = 50 * 1024 * 1024;

/** What stands before a message: one byte of flags, four of length. */
export const frameHeaderBytes = 5;

/** The largest body of a request, in bytes: a message in base64, and what its last chunk brings with it. */
export const maxBodyBytes: number = Math.ceil((maxMessageBytes * 4) / 3) + 1024 * 1024;

const compressedFlag = 1;

/** Flag of the frame that carries the trailers over gRPC-Web. */
export const trailersFlag = 0x80;

/** A message, or trailers, as they travel. */
export function createFrame(flags: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(frameHeaderBytes + payload.length);
  frame.writeUInt8(flags, 0);
  frame.writeUInt32BE(payload.length, 1);
  frame.set(payload, frameHeaderBytes);
  return frame;
}

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
