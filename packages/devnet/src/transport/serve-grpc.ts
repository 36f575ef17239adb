import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { GrpcError } from '../grpc-error.ts';
import { parseTimeout } from './parse-timeout.ts';
import { okStatus, toStatus } from './to-status.ts';
import { toText } from './to-text.ts';
import type { ByteBudget } from './create-byte-budget.ts';
import type { Dispatcher } from './create-dispatcher.ts';
import { createGrpcResponse, type GrpcResponse } from './create-grpc-response.ts';
import type { Route } from './create-routes.ts';
import { createFrame } from './create-frame.ts';
import { readMessage } from './read-message.ts';
import { writeDrained } from './write-drained.ts';

/** What all calls of a server share. */
export interface GrpcContext {
  /** By path. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly dispatcher: Dispatcher;
  readonly budget: ByteBudget;
  /** How long a client may take between two pieces of its request, in milliseconds. */
  readonly idleMs: number;
}

/** One for all: every call ends like this, and an error of its own costs more than the rest of the call. */
const wentAway = new GrpcError('CANCELLED', 'the client went away');
const tooLate = new GrpcError('DEADLINE_EXCEEDED', 'context deadline exceeded');

/** Answers one call over HTTP/2. Never rejects. */
export async function serveGrpc(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  context: GrpcContext,
): Promise<void> {
  stream.on('error', () => {});
  stream.on('timeout', () => stream.close(stream.headersSent ? constants.NGHTTP2_NO_ERROR : constants.NGHTTP2_CANCEL));
  const method = headers[':method'];
  if (method !== 'POST' || headers['content-type']?.startsWith('application/grpc') !== true) {
    stream.resume();
    stream.respond({ ':status': method === 'POST' ? 415 : 405 }, { endStream: true });
    return;
  }
  const response = createGrpcResponse(stream, context.idleMs);
  const controller = new AbortController();
  const timeoutMs = parseTimeout(headers['grpc-timeout']);
  const expire = () => {
    response.finish(toStatus(tooLate));
    controller.abort(tooLate);
  };
  const timer = timeoutMs === null ? undefined : setTimeout(expire, timeoutMs);
  stream.on('close', () => {
    clearTimeout(timer);
    controller.abort(wentAway);
  });
  try {
    await answer({ stream, headers, response, context, signal: controller.signal });
  } catch (error) {
    response.finish(toStatus(error));
  }
}

interface AnswerOptions {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly response: GrpcResponse;
  readonly context: GrpcContext;
  readonly signal: AbortSignal;
}

/** @throws GrpcError */
async function answer({ stream, headers, response, context, signal }: AnswerOptions): Promise<void> {
  const { routes, dispatcher, budget, idleMs } = context;
  const socket = stream.session?.socket;
  const peer = `${socket?.remoteAddress}:${socket?.remotePort}`;
  const appVersion = toText(headers['x-app-version']);
  const path = headers[':path'] ?? '';
  const route = routes.get(path);
  if (route === undefined) throw dispatcher.refuseUnknown({ path, peer, appVersion });
  const lease = budget.open();
  stream.on('close', lease.release);
  stream.setTimeout(idleMs);
  const request = await readMessage({ body: stream, encoding: toText(headers['grpc-encoding']), text: false, lease });
  stream.setTimeout(0);
  const call = { route, request, peer, client: peer, appVersion, signal };
  if (!route.streaming) {
    const frame = createFrame(0, await dispatcher.unary(call));
    lease.take(frame.length);
    response.open();
    response.finish(okStatus, frame);
    return;
  }
  response.open({ subscribed: 'true' });
  for await (const message of dispatcher.stream(call)) await writeDrained(stream, createFrame(0, message), lease);
  response.finish(okStatus);
}
