import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { GrpcError, grpcCodes } from '../grpc-error.ts';
import type { Route } from './routes.ts';

/** The largest request, in bytes, as on the reference node. */
export const MAX_REQUEST_BYTES = 50 * 1024 * 1024;

export interface GrpcServerOptions {
  readonly routes: readonly Route[];
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
}

export interface GrpcServer {
  readonly port: number;
  /** Says GOAWAY, gives running calls `graceMs`, then cuts them. */
  close(graceMs: number): Promise<void>;
}

/** Serves the routes as gRPC over HTTP/2 without TLS. */
export async function startGrpcServer({ routes, host, port }: GrpcServerOptions): Promise<GrpcServer> {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_REQUEST_BYTES,
    'grpc.max_send_message_length': -1,
  });
  const definition: Record<string, MethodDefinition<Uint8Array, Uint8Array>> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const route of routes) {
    definition[route.path] = {
      path: route.path,
      requestStream: false,
      responseStream: route.streaming,
      requestDeserialize: (bytes: Buffer) => bytes,
      requestSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
      responseDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    };
    implementation[route.path] = route.streaming ? serveStream(route) : serveUnary(route);
  }
  server.addService(definition, implementation);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, actual) =>
      error === null ? resolve(actual) : reject(error),
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

function serveUnary(route: Route): handleUnaryCall<Uint8Array, Uint8Array> {
  return (call, callback) => {
    const controller = new AbortController();
    call.on('cancelled', () => controller.abort());
    void answerUnary(route, call, controller.signal, callback);
  };
}

async function answerUnary(
  route: Route,
  call: ServerUnaryCall<Uint8Array, Uint8Array>,
  signal: AbortSignal,
  answer: sendUnaryData<Uint8Array>,
): Promise<void> {
  try {
    answer(null, await (route.handle(call.request, { signal, identify: () => {} }) as Promise<Uint8Array>));
  } catch (error) {
    answer(toStatus(error));
  }
}

function serveStream(route: Route): handleServerStreamingCall<Uint8Array, Uint8Array> {
  return (call) => {
    const controller = new AbortController();
    call.on('cancelled', () => controller.abort());
    // Clients wait for the headers before they read on; the first message may be hours away.
    const metadata = new Metadata();
    metadata.set('subscribed', 'true');
    call.sendMetadata(metadata);
    pump(route, call, controller.signal).then(
      () => call.end(),
      (error: unknown) => call.emit('error', toStatus(error)),
    );
  };
}

async function pump(route: Route, call: ServerWritableStream<Uint8Array, Uint8Array>, signal: AbortSignal) {
  const messages = route.handle(call.request, { signal, identify: () => {} }) as AsyncIterable<Uint8Array>;
  for await (const message of messages) {
    if (!call.write(message) && !signal.aborted) await drained(call, signal);
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
  return { code: grpcCodes.INTERNAL, details: error instanceof Error ? error.message : 'unknown error' };
}
