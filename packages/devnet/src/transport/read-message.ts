import type { Readable } from 'node:stream';
import { GrpcError } from '../grpc-error.ts';
import type { ByteLease } from './create-byte-budget.ts';
import { createGrowingBuffer } from './create-growing-buffer.ts';
import { decompress } from './decompress.ts';
import { maxMessageBytes } from './create-frame.ts';
import { type Frame, readFrame } from './read-frame.ts';

/** The largest body of a request, in bytes: a message in base64, and what its last chunk brings with it. */
const maxBodyBytes = Math.ceil((maxMessageBytes * 4) / 3) + 1024 * 1024;

export interface ReadMessageOptions {
  /** The body of the request; what follows its message is read and thrown away. */
  readonly body: Readable;
  /** `grpc-encoding` of the request. */
  readonly encoding: string | null;
  /** Base64, as `application/grpc-web-text`. */
  readonly text: boolean;
  readonly lease: ByteLease;
}

/** Reads the one message of a request. @throws GrpcError when there is none, or it is too large, or the client goes away. */
export async function readMessage({ body, encoding, text, lease }: ReadMessageOptions): Promise<Uint8Array> {
  const frame = text ? await readText(body, lease) : await readWhen(body, lease, readFrame);
  return frame.compressed ? decompress({ payload: frame.payload, encoding, lease }) : frame.payload;
}

async function readText(body: Readable, lease: ByteLease): Promise<Frame> {
  const text = await readWhen(body, lease, (received, ended) => (ended ? received : null));
  const frame = readFrame(Buffer.from(text.toString('latin1'), 'base64'));
  if (frame === null) throw incomplete();
  return frame;
}

/** Collects the body until `read` makes something of it. */
function readWhen<T>(
  body: Readable,
  lease: ByteLease,
  read: (received: Buffer, ended: boolean) => T | null,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const received = createGrowingBuffer({ maxBytes: maxBodyBytes, onGrow: lease.take });
    const done = () => {
      body.off('data', onData);
      body.off('end', onEnd);
      body.off('close', onEnd);
      body.resume();
    };
    const step = (chunk: Buffer | null) => {
      try {
        if (chunk !== null) received.push(chunk);
        const result = read(received.bytes(), chunk === null);
        if (result === null && chunk !== null) return;
        if (result === null) throw incomplete();
        done();
        resolve(result);
      } catch (error) {
        done();
        reject(error);
      }
    };
    const onData = (chunk: Buffer) => step(chunk);
    const onEnd = () => step(null);
    body.on('data', onData);
    body.on('end', onEnd);
    body.on('close', onEnd);
  });
}

function incomplete(): GrpcError {
  return new GrpcError('INTERNAL', 'the request has no whole message');
}
