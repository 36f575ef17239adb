import type { ServerHttp2Stream } from 'node:http2';
import { encodeStatusMessage, okStatus, type Status } from './to-status.ts';
import { acceptedEncodings } from './decompress.ts';

/** The answer to one call over HTTP/2. Once the client is gone, or was told how the call ended, nothing is sent any more. */
export interface GrpcResponse {
  /** Sends the headers, which clients wait for before they read on. */
  open(headers?: Readonly<Record<string, string>>): void;
  /** The first time counts. `last` goes before the status. */
  finish(status: Status, last?: Buffer): void;
}

const responseHeaders = {
  ':status': 200,
  'content-type': 'application/grpc+proto',
  'grpc-accept-encoding': acceptedEncodings,
};

/** @param lingerMs How long a client that was answered may keep its side open, in milliseconds. */
export function createGrpcResponse(stream: ServerHttp2Stream, lingerMs: number): GrpcResponse {
  let final = okStatus;
  const isOver = () => stream.destroyed || stream.closed || stream.writableEnded;
  return {
    open(headers = {}) {
      if (isOver() || stream.headersSent) return;
      stream.on('wantTrailers', () => stream.sendTrailers(toTrailers(final)));
      stream.respond({ ...responseHeaders, ...headers }, { waitForTrailers: true });
    },
    finish(status, last) {
      if (isOver()) return;
      final = status;
      if (stream.headersSent) stream.end(last);
      else stream.respond({ ...responseHeaders, ...toTrailers(status) }, { endStream: true });
      if (stream.readableEnded) return;
      stream.resume();
      stream.setTimeout(lingerMs);
    },
  };
}

function toTrailers({ code, message }: Status): Record<string, string> {
  const words = message === '' ? {} : { 'grpc-message': encodeStatusMessage(message) };
  return { 'grpc-status': String(code), ...words };
}
