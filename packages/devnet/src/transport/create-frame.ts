import type { IncomingMessage } from 'node:http';
import { GrpcError } from '../grpc-error.ts';
import { maxRequestBytes } from './start-grpc-server.ts';

const headerBytes = 5;
const compressedFlag = 1;

/** Flag of the frame that carries the trailers. */
export const trailersFlag = 0x80;

/** A frame: one byte of flags, four of length, the payload. */
export function createFrame(flags: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt8(flags, 0);
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

/** Reads the one message of a request. @throws GrpcError when it is too large, compressed or not one frame. */
export async function readMessage(request: IncomingMessage, text: boolean): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxRequestBytes) throw new GrpcError('RESOURCE_EXHAUSTED', 'the request is too large');
    chunks.push(chunk);
  }
  const raw = Buffer.concat(chunks);
  const body = text ? Buffer.from(raw.toString('latin1'), 'base64') : raw;
  if (body.length < headerBytes) throw new GrpcError('INTERNAL', 'the request has no message');
  if (body.readUInt8(0) === compressedFlag)
    throw new GrpcError('UNIMPLEMENTED', 'compressed messages are not accepted');
  if (body.readUInt8(0) !== 0 || body.readUInt32BE(1) !== body.length - headerBytes) {
    throw new GrpcError('INTERNAL', 'the request is not one whole message');
  }
  return body.subarray(headerBytes);
}
