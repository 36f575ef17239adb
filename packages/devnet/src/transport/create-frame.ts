/** The largest message of a request, in bytes, before and after decompression. */
export const maxMessageBytes = 50 * 1024 * 1024;

/** What stands before a message: one byte of flags, four of length. */
export const frameHeaderBytes = 5;

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
