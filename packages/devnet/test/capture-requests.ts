import { createFaults } from '../src/faults/create-faults.ts';
import { createContractWallets } from '../src/identity/create-contract-wallets.ts';
import { createQuotas } from '../src/limits/create-quotas.ts';
import { createNetworkRoutes, toNodeId } from '../src/services/create-network-routes.ts';
import { createStore, type Store } from '../src/store/create-store.ts';
import { createByteBudget } from '../src/transport/create-byte-budget.ts';
import { createClientRegistry } from '../src/transport/create-client-registry.ts';
import { createDispatcher } from '../src/transport/create-dispatcher.ts';
import { startGrpcServer } from '../src/transport/start-grpc-server.ts';
import type { Route } from '../src/transport/create-routes.ts';

/** The handlers of a network of its own, without a transport. */
export function createRoutes(nodes: () => Record<number, string> = () => ({})): {
  routes: Route[];
  store: Store;
  close: () => void;
} {
  const faults = createFaults({ plan: {}, now: Date.now });
  const store = createStore({ dataDir: undefined, now: Date.now });
  const network = createNetworkRoutes({ store, faults, limits: {}, contractWallets: createContractWallets({}) });
  const routes = [...network.common, ...network.v3, ...network.gateway(nodes), ...network.node(toNodeId(0))];
  return { routes, store, close: () => store.close() };
}

/** A network that remembers what real clients sent, by path; `drive` lets them talk. */
export async function captureRequests(
  drive: (network: { url: string }) => Promise<void>,
): Promise<ReadonlyMap<string, Uint8Array[]>> {
  const captured = new Map<string, Uint8Array[]>();
  const remember = (path: string, request: Uint8Array) => {
    captured.set(path, [...(captured.get(path) ?? []), Uint8Array.from(request)]);
  };
  let url = '';
  // One port can be the gateway and a node.
  const { routes, close } = createRoutes(() => ({ [toNodeId(0)]: url }));
  const watched = routes.map((route): Route => ({
    ...route,
    unary(request, call) {
      remember(route.path, request);
      return route.unary(request, call);
    },
    stream(request, call) {
      remember(route.path, request);
      return route.stream(request, call);
    },
  }));
  const dispatcher = createDispatcher({
    faults: createFaults({ plan: {}, now: Date.now }),
    quotas: createQuotas({ limits: {}, now: Date.now }),
    clients: createClientRegistry(),
    onCall: () => {},
    onUnexpected: () => {},
  });
  const budget = createByteBudget(2 ** 30);
  const server = await startGrpcServer({ routes: watched, dispatcher, budget, host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${server.port}`;
  await drive({ url });
  dispatcher.dropStreams({ error: null });
  await server.close(0);
  close();
  return captured;
}
