import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { GrpcError, grpcCodes } from '../grpc-error.ts';
import type { Dispatcher, IncomingCall } from './create-dispatcher.ts';
import { createFrame, readMessage, trailersFlag } from './create-frame.ts';
import type { Route } from './create-routes.ts';

export interface GrpcWebOptions {
  readonly routes: readonly Route[];
  readonly dispatcher: Dispatcher;
}

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-expose-headers': 'grpc-status, grpc-message, subscribed',
  'access-control-max-age': '7200',
};

/** gRPC-Web over HTTP/1.1 for browsers, binary and text form, to the same handlers as gRPC. */
export function createGrpcWebListener({ routes, dispatcher }: GrpcWebOptions): RequestListener {
  const byPath = new Map(routes.map((route) => [route.path, route]));
  return (request, response) => {
    for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
      response.writeHead(204).end();
      return;
    }
    const route = byPath.get(request.url ?? '');
    const contentType = request.headers['content-type'] ?? '';
    if (request.method !== 'POST' || !contentType.startsWith('application/grpc-web')) {
      response.writeHead(request.method === 'POST' ? 415 : 405).end();
      return;
    }
    void serve({ request, response, route, dispatcher, text: contentType.startsWith('application/grpc-web-text') });
  };
}

interface ServeOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route | undefined;
  readonly dispatcher: Dispatcher;
  /** Base64 on both ways. */
  readonly text: boolean;
}

async function serve({ request, response, route, dispatcher, text }: ServeOptions): Promise<void> {
  const encode = (frame: Buffer) => (text ? frame.toString('base64') : frame);
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  response.writeHead(200, {
    'content-type': text ? 'application/grpc-web-text+proto' : 'application/grpc-web+proto',
    ...(route?.streaming === true ? { subscribed: 'true' } : {}),
  });
  // As over HTTP/2, a subscriber waits for the headers, not for the first message.
  response.flushHeaders();
  let status: { code: number; message: string } = { code: 0, message: '' };
  try {
    if (route === undefined) throw new GrpcError('UNIMPLEMENTED', 'unknown method');
    const call: IncomingCall = {
      route,
      request: await readMessage(request, text),
      peer: `${request.socket.remoteAddress}:${request.socket.remotePort}`,
      appVersion: toText(request.headers['x-app-version']),
      signal: controller.signal,
    };
    const messages = route.streaming ? dispatcher.stream(call) : [await dispatcher.unary(call)];
    for await (const message of messages) {
      if (!response.write(encode(createFrame(0, message)))) await drained(response);
    }
  } catch (error) {
    status =
      error instanceof GrpcError
        ? { code: grpcCodes[error.code], message: error.shortMessage }
        : { code: grpcCodes.INTERNAL, message: 'internal error of the devnet' };
  }
  const trailers = `grpc-status:${status.code}\r\ngrpc-message:${encodeURIComponent(status.message)}\r\n`;
  response.end(encode(createFrame(trailersFlag, Buffer.from(trailers))));
}

function toText(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
