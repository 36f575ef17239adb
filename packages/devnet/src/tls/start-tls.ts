import { createServer, type RequestListener } from 'node:http';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { wallClock } from '@xmtp-messaging/errors';
import { createGrpcServer } from '../transport/create-grpc-server.ts';
import { createGrpcWebListener } from '../transport/create-grpc-web-listener.ts';
import type { ByteBudget } from '../transport/create-byte-budget.ts';
import type { Dispatcher } from '../transport/create-dispatcher.ts';
import type { Route } from '../transport/create-routes.ts';
import type { TlsOptions } from '../types.ts';
import { caFileOf, keepCertificates } from './keep-certificates.ts';
import { startTlsFront } from './start-tls-front.ts';

export interface StartTlsOptions {
  readonly tls: TlsOptions;
  readonly host: string;
  readonly routes: readonly Route[];
  readonly dispatcher: Dispatcher;
  readonly budget: ByteBudget;
  /** The history server and what steers the network. */
  readonly history: RequestListener;
}

export interface Tls {
  /** Of the first port. */
  readonly url: string;
  readonly caFile: string;
  close(graceMs: number): Promise<void>;
}

/** What the SDKs ask for with `env: 'dev'`, for gRPC, gRPC-Web and history. */
const devNames = ['grpc.dev.xmtp.network', 'api.dev.xmtp.network', 'message-history.dev.ephemera.network'];

const anyAddress = new Set(['0.0.0.0', '::']);
/** `/package.Service/Method`. */
const isCall = (path: string): boolean => /^\/[^/]+\.[^/]+\//.test(path);

/** All of the network behind one port or several, with certificates of its own. @throws DevnetError CANNOT_OPEN_DATA, CANNOT_LISTEN */
export async function startTls({ tls, host, routes, dispatcher, budget, history }: StartTlsOptions): Promise<Tls> {
  const { ports = [0], names = [] } = tls;
  const folder = resolve(tls.folder);
  const own = anyAddress.has(host) ? 'localhost' : host;
  const all = new Set(['localhost', '127.0.0.1', '::1', own, ...devNames, ...names]);
  const certificates = await keepCertificates({ folder, names: [...all], now: wallClock() });
  const grpc = createGrpcServer({ routes, dispatcher, budget });
  const web = createGrpcWebListener({ routes, dispatcher, budget });
  const http1 = createServer((request, response) => (isCall(request.url ?? '') ? web : history)(request, response));
  const fronts: Awaited<ReturnType<typeof startTlsFront>>[] = [];
  const close = async (graceMs: number) => {
    const ended = Promise.all(fronts.map((front) => front.close()));
    await grpc.close(graceMs);
    await ended;
  };
  try {
    for (const port of ports) fronts.push(await startTlsFront({ certificates, host, port, http2: grpc.server, http1 }));
  } catch (error) {
    await close(0);
    throw error;
  }
  const name = isIP(own) === 6 ? `[${own}]` : own;
  return { url: `https://${name}:${fronts[0]!.port}`, caFile: caFileOf(folder), close };
}
