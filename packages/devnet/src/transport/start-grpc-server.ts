import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  type MethodDefinition,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { cannotListen } from '../errors.ts';
import { GrpcError, grpcCodes } from '../grpc-error.ts';
import { startHttpServer } from '../http/start-http-server.ts';
import type { Dispatcher, IncomingCall } from './create-dispatcher.ts';
import type { Route } from './create-routes.ts';

/** The largest request, in bytes. */
export const maxRequestBytes = 50 * 1024 * 1024;

export interface GrpcServerOptions {
  readonly routes: readonly Route[];
  readonly dispatcher: Dispatcher;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
}

export interface GrpcServer {
  readonly port: number;
  /** Says GOAWAY, gives running calls `graceMs`, then cuts them. */
  close(graceMs: number): Promise<void>;
}

/** Serves the routes as gRPC over HTTP/2 without TLS. Requests may be compressed with gzip or deflate. */
export async function startGrpcServer({ routes, dispatcher, host, port }: GrpcServerOptions): Promise<GrpcServer> {
  const server = new Server({
    'grpc.max_receive_message_length': maxRequestBytes,
    'grpc.max_send_message_length': -1,
  });
  const definition: Record<string, MethodDefinition<Uint8Array, Uint8Array>> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const route of routes) {
    definition[route.path] = {
      path: route.path,
      requestStream: false,
      responseStream: route.streaming,
      requestDeserialize: (bytes) => bytes,
      requestSerialize: (bytes) => Buffer.from(bytes),
      responseDeserialize: (bytes) => bytes,
      responseSerialize: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    };
    implementation[route.path] = route.streaming ? serveStream(route, dispatcher) : serveUnary(route, dispatcher);
  }
  server.addService(definition, implementation);
  // grpc-js writes to standard error when it cannot bind; asking first keeps a library silent.
  if (port !== 0) await (await startHttpServer({ host, port, listener: () => {} })).close();
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, actual) =>
      error === null ? resolve(actual) : reject(cannotListen({ host, port, cause: error })),
    );
  });
  return {
    port: bound,
    close: (graceMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.forceShutdown(), graceMs);
        server.tryShutdown(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

type AnyCall = ServerUnaryCall<Uint8Array, Uint8Array> | ServerWritableStream<Uint8Array, Uint8Array>;

/** One for all: every call ends like this, and an error of its own costs more than the rest of the call. */
const wentAway = new GrpcError('CANCELLED', 'the client went away');

function toIncoming(route: Route, call: AnyCall): IncomingCall {
  const controller = new AbortController();
  call.on('cancelled', () => controller.abort(wentAway));
  const [appVersion] = call.metadata.get('x-app-version');
  return {
    route,
    request: call.request,
    peer: call.getPeer(),
    appVersion: typeof appVersion === 'string' ? appVersion : null,
    signal: controller.signal,
  };
}

function serveUnary(route: Route, dispatcher: Dispatcher): handleUnaryCall<Uint8Array, Uint8Array> {
  return (call, callback) => void answer(dispatcher, toIncoming(route, call), callback);
}

async function answer(dispatcher: Dispatcher, call: IncomingCall, callback: sendUnaryData<Uint8Array>): Promise<void> {
  try {
    callback(null, await dispatcher.unary(call));
  } catch (error) {
    callback(toStatus(error));
  }
}

function serveStream(route: Route, dispatcher: Dispatcher): handleServerStreamingCall<Uint8Array, Uint8Array> {
  return (call) => {
    const incoming = toIncoming(route, call);
    // Clients wait for the headers before they read on; the first message may be hours away.
    const metadata = new Metadata();
    metadata.set('subscribed', 'true');
    call.sendMetadata(metadata);
    pump(dispatcher, incoming, call).then(
      () => call.end(),
      (error: unknown) => call.emit('error', toStatus(error)),
    );
  };
}

async function pump(
  dispatcher: Dispatcher,
  incoming: IncomingCall,
  call: ServerWritableStream<Uint8Array, Uint8Array>,
): Promise<void> {
  for await (const message of dispatcher.stream(incoming)) {
    if (!call.write(message) && !incoming.signal.aborted) await drained(call, incoming.signal);
  }
}

function drained(call: ServerWritableStream<Uint8Array, Uint8Array>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    call.once('drain', done);
    signal.addEventListener('abort', done);
  });
}

function toStatus(error: unknown): { code: number; details: string } {
  if (error instanceof GrpcError) return { code: grpcCodes[error.code], details: error.shortMessage };
  return { code: grpcCodes.INTERNAL, details: 'internal error of the devnet' };
}
