import type { RequestListener } from 'node:http';
import { wallClock } from '@xmtp-messaging/errors';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createAccount, type DevnetAccount } from './accounts/create-account.ts';
import { deriveAccounts } from './accounts/derive-accounts.ts';
import { nameAccount } from './accounts/name-account.ts';
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
import { createNetworkClock } from './state/create-network-clock.ts';
import { createTimeMachine } from './state/create-time-machine.ts';
import { keepState } from './state/keep-state.ts';
import { planState } from './state/plan-state.ts';
import { createStore } from './store/create-store.ts';
import { startToxiproxy } from './toxiproxy/start-toxiproxy.ts';
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
  const { protocol = 'v3', toxiproxyPort, nodes: nodeCount = 1, nodePort = 0 } = options;
  if (!Number.isInteger(nodeCount) || nodeCount < 1 || nodeCount > 9) {
    throw invalidOption({ what: 'option nodes', reason: 'There are 1 to 9 of them.' });
  }
  const { dataDir, limits = {}, chains = {}, onCall, onError, accounts: accountCount = 10 } = options;
  if (!Number.isInteger(accountCount) || accountCount < 0 || accountCount > 100) {
    throw invalidOption({ what: 'option accounts', reason: 'There are 0 to 100 of them.' });
  }
  const statePlan = planState(options);
  const clock = createNetworkClock(options.now ?? wallClock);
  const { now } = clock;
  const faults = createFaults({ plan: {}, now });
  const { loadFrom } = statePlan;
  const store = createStore({ dataDir, loadFrom, now: () => now() + (faults.plan().clockSkewMs ?? 0) });
  clock.set(store.settings.advancedMs());
  const closers: (() => Promise<void> | void)[] = [() => store.close()];
  const closeAll = async () => {
    let failure: unknown = null;
    for (const close of closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== null) throw failure;
  };
  const counter = createCallCounter();
  const quotas = createQuotas({ limits, now: clock.steady });
  const dispatcher = createDispatcher({
    faults,
    clients: createClientRegistry(),
    quotas,
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
    const time = createTimeMachine({ store, clock, quotas, onClockSet: () => control.watchClock() });
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
      .route('/', createControlApp({ faults: control, status, ...time }));
    const serveHistory = getRequestListener(app.fetch);
    const listener: RequestListener = (request, response) => void serveHistory(request, response);
    const history = await startHttpServer({ host, port: historyPort, listener });
    closers.push(() => history.close());
    const ports = { grpc: grpcPort, web: web.port, history: history.port };
    const toxiproxy = toxiproxyPort === undefined ? null : await startToxiproxy({ host, port: toxiproxyPort, ports });
    if (toxiproxy !== null) closers.push(() => toxiproxy.close());
    const tlsNodes: Record<number, string> = {};
    const tlsRoutes = [...network.common, ...v3, ...gatewayTo(tlsNodes), ...firstNode];
    const serving = { routes: tlsRoutes, dispatcher, budget, history: listener };
    const tls =
      options.tls === undefined
        ? null
        : await (await import('./tls/start-tls.ts')).startTls({ tls: options.tls, host, ...serving });
    if (tls !== null) {
      closers.push(() => tls.close(closeGraceMs));
      tlsNodes[toNodeId(0)] = tls.url;
    }
    const url = toUrl(grpcPort);
    const gatewayUrl = protocol === 'v3' ? null : url;
    const webUrl = toUrl(web.port);
    // The last to be opened of what is served is the first to be closed; the state is written when nobody can change it.
    const keeper = keepState({ plan: statePlan, store, onError: onError ?? (() => {}) });
    closers.splice(1, 0, () => keeper.close());
    const outlived = (dataDir ?? statePlan.dumpTo) !== undefined;
    const place = { url, gatewayUrl };
    const echo =
      options.echo === true
        ? await (await import('./echo/start-echo.ts')).startEcho({ place, outlived, onError: onError ?? (() => {}) })
        : null;
    let accounts: DevnetAccount[] | null = null;
    let closing: Promise<void> | null = null;
    const close = () => {
      if (closing === null) {
        const end = () => {
          dispatcher.dropStreams({ error: new GrpcError('UNAVAILABLE', 'service is shutting down') });
          return closeAll();
        };
        // The bot is a client, and has to be answered until it has left.
        closing = echo === null ? end() : echo.close().then(end);
      }
      return closing;
    };

    return {
      url,
      port: grpcPort,
      gatewayUrl,
      nodes,
      webUrl,
      historyUrl: toUrl(history.port),
      toxiproxyUrl: toxiproxy === null ? null : toUrl(toxiproxy.port),
      tlsUrl: tls?.url ?? null,
      caFile: tls?.caFile ?? null,
      echoAddress: echo?.address ?? null,
      faults: control,
      get accounts() {
        accounts ??= deriveAccounts(accountCount);
        return accounts;
      },
      createAccount: ({ name } = {}) => (name === undefined ? createAccount() : nameAccount(name)),
      ...time,
      dumpState: store.dump,
      stats,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await closeAll().catch(() => {});
    throw error;
  }
}
