import type { RequestListener } from 'node:http';
import { wallClock } from '@xmtp-messaging/errors';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createFaultControl } from './faults/create-fault-control.ts';
import { createFaults } from './faults/create-faults.ts';
import { createControlApp } from './http/create-control-app.ts';
import { createHistoryApp } from './http/create-history-app.ts';
import { startHttpServer } from './http/start-http-server.ts';
import { GrpcError } from './grpc-error.ts';
import { createContractWallets } from './identity/create-contract-wallets.ts';
import { createQuotas } from './limits/create-quotas.ts';
import { createNetworkRoutes } from './services/create-network-routes.ts';
import { createStore } from './store/create-store.ts';
import { createCallCounter } from './transport/create-call-counter.ts';
import { createClientRegistry } from './transport/create-client-registry.ts';
import { createDispatcher } from './transport/create-dispatcher.ts';
import { startGrpcServer } from './transport/start-grpc-server.ts';
import { createGrpcWebListener } from './transport/create-grpc-web-listener.ts';
import type { Devnet, DevnetOptions } from './types.ts';

/**
 * Starts a local XMTP network: gRPC, gRPC-Web and the history server on three ports.
 * @throws DevnetError when a port is taken, the data folder cannot be used or an option does not hold.
 */
export async function createDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const { host = '127.0.0.1', port = 0, webPort = 0, historyPort = 0, closeGraceMs = 250 } = options;
  const { dataDir, limits = {}, chains = {}, now = wallClock, onCall, onError } = options;
  const faults = createFaults({ plan: {}, now });
  const store = createStore({ dataDir, now: () => now() + (faults.plan().clockSkewMs ?? 0) });
  const closers: (() => Promise<void> | void)[] = [() => store.close()];
  const closeAll = async () => {
    for (const close of closers.toReversed()) await close();
  };
  const counter = createCallCounter();
  const dispatcher = createDispatcher({
    faults,
    clients: createClientRegistry(),
    // The machine's clock may be set back; silence must be measured all the same.
    quotas: createQuotas({ limits, now: options.now ?? (() => performance.now()) }),
    onCall(entry) {
      counter.add(entry);
      onCall?.(entry);
    },
    onUnexpected: onError ?? (() => {}),
  });
  try {
    const control = createFaultControl({ faults, dispatcher });
    control.set(options.faults ?? {});
    const routes = createNetworkRoutes({ store, faults, limits, contractWallets: createContractWallets(chains) });
    const grpc = await startGrpcServer({ routes, dispatcher, host, port });
    closers.push(() => grpc.close(closeGraceMs));
    const web = await startHttpServer({ host, port: webPort, listener: createGrpcWebListener({ routes, dispatcher }) });
    closers.push(() => web.close());
    const stats = () => ({ stored: store.counts(), calls: counter.calls(), streams: dispatcher.openStreams() });
    const status = () => ({ url, webUrl, ...stats(), faults: { plan: control.plan(), injected: control.injected() } });
    const app = new Hono()
      .route('/', createHistoryApp({ store }))
      .route('/', createControlApp({ faults: control, status }));
    const serveHistory = getRequestListener(app.fetch);
    const listener: RequestListener = (request, response) => void serveHistory(request, response);
    const history = await startHttpServer({ host, port: historyPort, listener });
    closers.push(() => history.close());
    const toUrl = (actual: number) => `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
    const url = toUrl(grpc.port);
    const webUrl = toUrl(web.port);
    let closing: Promise<void> | null = null;
    return {
      url,
      port: grpc.port,
      webUrl,
      historyUrl: toUrl(history.port),
      faults: control,
      stats,
      close() {
        if (closing === null) {
          dispatcher.dropStreams({ error: new GrpcError('UNAVAILABLE', 'service is shutting down') });
          closing = closeAll();
        }
        return closing;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
