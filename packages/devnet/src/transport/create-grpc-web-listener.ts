import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { encodeStatusMessage, okStatus, toStatus } from './to-status.ts';
import { toText } from './to-text.ts';
import type { ByteBudget } from './create-byte-budget.ts';
import type { Dispatcher } from './create-dispatcher.ts';
import { createFrame, trailersFlag } from './create-frame.ts';
import type { Route } from './create-routes.ts';
import { readMessage } from './read-message.ts';
import { writeDrained } from './write-drained.ts';

export interface GrpcWebOptions {
  readonly routes: readonly Route[];
  readonly dispatcher: Dispatcher;
  readonly budget: ByteBudget;
}

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-expose-headers': 'grpc-status, grpc-message, subscribed',
  'access-control-max-age': '7200',
};

/** gRPC-Web over HTTP/1.1 for browsers, binary and text form, to the same handlers as gRPC. */
export function createGrpcWebListener({ routes, dispatcher, budget }: GrpcWebOptions): RequestListener {
  const byPath = new Map(routes.map((route) => [route.path, route]));
  return (request, response) => {
    for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
      response.writeHead(204).end();
      return;
    }
    const contentType = request.headers['content-type'] ?? '';
    if (request.method !== 'POST' || !contentType.startsWith('application/grpc-web')) {
      response.writeHead(request.method === 'POST' ? 415 : 405).end();
      return;
    }
    const route = byPath.get(request.url ?? '');
    const text = contentType.startsWith('application/grpc-web-text');
    void serve({ request, response, route, dispatcher, budget, text });
  };
}

interface ServeOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route | undefined;
  readonly dispatcher: Dispatcher;
  readonly budget: ByteBudget;
  /** Base64 on both ways. */
  readonly text: boolean;
}

async function serve({ response, text, ...options }: ServeOptions): Promise<void> {
  const encode = (frame: Buffer) => (text ? frame.toString('base64') : frame);
  response.writeHead(200, {
    'content-type': text ? 'application/grpc-web-text+proto' : 'application/grpc-web+proto',
    ...(options.route?.streaming === true ? { subscribed: 'true' } : {}),
  });
  // As over HTTP/2, a subscriber waits for the headers, not for the first message.
  response.flushHeaders();
  let status = okStatus;
  try {
    await answer({ response, text, ...options, encode });
  } catch (error) {
    status = toStatus(error);
  }
  const trailers = `grpc-status:${status.code}\r\ngrpc-message:${encodeStatusMessage(status.message)}\r\n`;
  response.end(encode(createFrame(trailersFlag, Buffer.from(trailers))));
}

/** @throws GrpcError */
async function answer(options: ServeOptions & { readonly encode: (frame: Buffer) => Buffer | string }): Promise<void> {
  const { request, response, route, dispatcher, budget, text, encode } = options;
  const peer = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
  const appVersion = toText(request.headers['x-app-version']);
  if (route === undefined) throw dispatcher.refuseUnknown({ path: request.url ?? '', peer, appVersion });
  const lease = budget.open();
  const controller = new AbortController();
  response.on('close', () => {
    lease.release();
    controller.abort();
  });
  const encoding = toText(request.headers['grpc-encoding']);
  const message = await readMessage({ body: request, encoding, text, lease });
  const call = { route, request: message, peer, client: toClient(request), appVersion, signal: controller.signal };
  const messages = route.streaming ? dispatcher.stream(call) : [await dispatcher.unary(call)];
  for await (const answered of messages) await writeDrained(response, encode(createFrame(0, answered)), lease);
}

/** Characters of it that are remembered. */
const longestClient = 500;

/** A page: its program, its origin and the browser it runs in. Pages that have all of these in common are one client. */
function toClient({ socket, headers }: IncomingMessage): string {
  const named = [socket.remoteAddress, headers['x-app-version'], headers.origin, headers['user-agent']];
  return `page ${JSON.stringify(named)}`.slice(0, longestClient);
}
