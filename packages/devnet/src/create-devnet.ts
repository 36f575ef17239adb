import type { RequestListener } from 'node:http';
import { wallClock } from '@xmtp-messaging/errors';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createAccount, type DevnetAccount } from './accounts/create-account.ts';
import { deriveAccounts } from './accounts/derive-accounts.ts';
import { createFaultControl } from './faults/create-fault-control.ts';
import { createFaults } from './faults/create-faults.ts';
import { createControlApp } from './http/create-control-app.ts';
import { createHistoryApp } from './http/create-history-app.ts';
import { startHttpServer } from './http/start-http-server.ts';
import { invalidOption } from './errors.ts';
import { GrpcError } from './grpc-error.ts';
import { createContractWallets } from './identity/create-contract-wallets.ts';
import { createQuotas } from './limits/create-quotas.ts';
import { createNetworkRoutes, toNodeId } from './services/create-network-routes.ts';
import { createStore } from './store/create-store.ts';
import { createByteBudget } from './transport/create-byte-budget.ts';
import { createCallCounter } from './transport/create-call-counter.ts';
import { createClientRegistry } from './transport/create-client-registry.ts';
import { createDispatcher } from './transport/create-dispatcher.ts';
import { startGrpcServer } from './transport/start-grpc-server.ts';
import { createGrpcWebListener } from './transport/create-grpc-web-listener.ts';
import type { Route } from './transport/create-routes.ts';
import type { Devnet, DevnetOptions } from './types.ts';

/** What requests and answers may hold while their calls run, in bytes; one request may have 50 MB. */
const maxHeldBytes = 512 * 1024 * 1024;

/**
 * Starts a local XMTP network: gRPC, gRPC-Web and the history server on three ports.
 * @throws DevnetError when a port is taken, the data folder cannot be used or an option does not hold.
 */
export async function createDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const { host = '127.0.0.1', port = 0, webPort = 0, historyPort = 0, closeGraceMs = 250 } = options;
  const { protocol = 'v3', nodes: nodeCount = 1, nodePort = 0 } = options;
  if (!Number.isInteger(nodeCount) || nodeCount < 1 || nodeCount > 9) {
    throw invalidOption({ what: 'option nodes', reason: 'There are 1 to 9 of them.' });
  }
  const { dataDir, limits = {}, chains = {}, onCall, onError, accounts: accountCount = 10 } = options;
  if (!Number.isInteger(accountCount) || accountCount < 0 || accountCount > 100) {
    throw invalidOption({ what: 'option accounts', reason: 'There are 0 to 100 of them.' });
  }
  const clock = options.now ?? wallClock;
  // The machine's clock may be set back; silence must be measured all the same.
  const steady = options.now ?? (() => performance.now());
  let advancedMs = 0;
  const now = () => clock() + advancedMs;
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
    quotas: createQuotas({ limits, now: () => steady() + advancedMs }),
    onCall(entry) {
      counter.add(entry);
      onCall?.(entry);
    },
    onUnexpected: onError ?? (() => {}),
  });
  try {
    const control = createFaultControl({ faults, dispatcher, now });
    closers.push(() => control.stop());
    control.set(options.faults ?? {});
    const toUrl = (actual: number) => `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
    const network = createNetworkRoutes({ store, faults, limits, contractWallets: createContractWallets(chains) });
    const budget = createByteBudget(maxHeldBytes);
    const listen = async (served: { routes: Route[]; port: number }) => {
      const grpc = await startGrpcServer({ ...served, dispatcher, budget, host });
      closers.push(() => grpc.close(closeGraceMs));
      return grpc.port;
    };
    const v3 = protocol === 'd14n' ? [] : network.v3;
    const nodes: Record<number, string> = {};
    const webNodes: Record<number, string> = {};
    if (protocol !== 'v3') {
      for (let index = 0; index < nodeCount; index += 1) {
        const id = toNodeId(index);
        nodes[id] = toUrl(await listen({ routes: network.node(id), port: nodePort === 0 ? 0 : nodePort + index }));
      }
    }
    const gatewayTo = (served: Record<number, string>) => (protocol === 'v3' ? [] : network.gateway(() => served));
    const grpcPort = await listen({ routes: [...network.common, ...v3, ...gatewayTo(nodes)], port });
    // A browser finds the gateway and the first node at one address.
    const firstNode = protocol === 'v3' ? [] : network.node(toNodeId(0));
    const webRoutes = [...network.common, ...v3, ...gatewayTo(webNodes), ...firstNode];
    const web = await startHttpServer({
      host,
      port: webPort,
      listener: createGrpcWebListener({ routes: webRoutes, dispatcher, budget }),
    });
    closers.push(() => web.close());
    if (protocol !== 'v3') webNodes[toNodeId(0)] = toUrl(web.port);
    const advance = (ms: number) => {
      if (!Number.isFinite(ms) || ms <= 0) throw invalidOption({ what: 'time', reason: 'It only goes forward.' });
      advancedMs += ms;
      dispatcher.judgeStreams();
    };
    const stats = () => ({ stored: store.counts(), calls: counter.calls(), streams: dispatcher.openStreams() });
    const status = () => ({
      url,
      webUrl,
      gatewayUrl,
      nodes,
      ...stats(),
      faults: { plan: control.plan(), injected: control.injected() },
    });
    const app = new Hono()
      .route('/', createHistoryApp({ store }))
      .route('/', createControlApp({ faults: control, status, advance }));
    const serveHistory = getRequestListener(app.fetch);
    const listener: RequestListener = (request, response) => void serveHistory(request, response);
    const history = await startHttpServer({ host, port: historyPort, listener });
    closers.push(() => history.close());
    const url = toUrl(grpcPort);
    const gatewayUrl = protocol === 'v3' ? null : url;
    const webUrl = toUrl(web.port);
    let accounts: DevnetAccount[] | null = null;
    let closing: Promise<void> | null = null;
    return {
      url,
      port: grpcPort,
      gatewayUrl,
      nodes,
      webUrl,
      historyUrl: toUrl(history.port),
      faults: control,
      get accounts() {
        accounts ??= deriveAccounts(accountCount);
        return accounts;
      },
      createAccount: () => createAccount(),
      advance,
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
