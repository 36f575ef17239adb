import { listen } from '../http/listen.ts';
import { createGrpcServer, type GrpcServingOptions } from './create-grpc-server.ts';

export interface GrpcServerOptions extends GrpcServingOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
}

export interface GrpcServer {
  readonly port: number;
  /** Says GOAWAY, gives running calls `graceMs`, then cuts them. */
  close(graceMs: number): Promise<void>;
}

/** Serves the routes as gRPC over HTTP/2 without TLS. @throws DevnetError CANNOT_LISTEN */
export async function startGrpcServer({ host, port, ...options }: GrpcServerOptions): Promise<GrpcServer> {
  const { server, close } = createGrpcServer(options);
  return { port: await listen(server, { host, port }), close };
}
