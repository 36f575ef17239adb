import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import { encodeFrame } from './wire.ts';

const maxAnswerBytes = 32 * 1024 * 1024;

/** How to ask. */
export interface UnaryOptions {
  appVersion?: string | undefined;
  timeoutMs: number;
  /** Told the headers of the answer, and those behind it. */
  onHeaders?: ((headers: IncomingHttpHeaders) => void) | undefined;
}

/** Headers of a gRPC call. */
export function grpcHeaders(path: string, appVersion: string | undefined): Record<string, string> {
  return {
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...(appVersion === undefined ? {} : { 'x-app-version': appVersion }),
  };
}

/** One question, one answer. Rejects with the network's words when there is none. */
export function callUnary(
  session: ClientHttp2Session,
  path: string,
  request: Uint8Array,
  options: UnaryOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(grpcHeaders(path, options.appVersion));
    const chunks: Buffer[] = [];
    let size = 0;
    let reason = `${path} gave no answer`;
    const note = (headers: IncomingHttpHeaders) => {
      reason = statusOf(headers) ?? reason;
      options.onHeaders?.(headers);
    };
    stream.setTimeout(options.timeoutMs, () => stream.destroy(new Error(`${path} took too long`)));
    stream.on('response', note);
    stream.on('trailers', note);
    stream.on('error', reject);
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxAnswerBytes) stream.destroy(new Error(`${path} answered with too much`));
      else chunks.push(chunk);
    });
    stream.on('close', () => {
      const answer = Buffer.concat(chunks);
      if (answer.length >= 5 && answer.length === 5 + answer.readUInt32BE(1)) resolve(answer.subarray(5));
      else reject(new Error(reason));
    });
    stream.end(encodeFrame(request));
  });
}

/** What the status of a call says, in words; `null` when these headers carry none. */
export function statusOf(headers: IncomingHttpHeaders): string | null {
  const { 'grpc-status': status, 'grpc-message': message } = headers;
  if (status === undefined) return null;
  return `gRPC status ${String(status)}: ${unescape(typeof message === 'string' ? message : '')}`;
}

/** gRPC percent-encodes the message; what cannot be decoded is shown as it came. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
