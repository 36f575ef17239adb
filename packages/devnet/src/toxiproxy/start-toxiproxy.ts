import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createElapsedClock, createSeededRandom } from '@xmtp-messaging/errors';
import { startHttpServer } from '../http/start-http-server.ts';
import { createToxicProxies } from './create-toxic-proxies.ts';
import { type Place, splitAddress } from './create-toxic-proxy.ts';
import { createToxiproxyApp } from './create-toxiproxy-app.ts';

export interface ToxiproxyOptions {
  readonly host: string;
  /** Of the HTTP interface; 0 picks a free one, and free ones for the proxies. */
  readonly port: number;
  /** Ports of the network. */
  readonly ports: { readonly grpc: number; readonly web: number; readonly history: number };
}

/** The proxies of XMTP's own development set-up (xmtp-js, dev/toxiproxy): name, port, and the host it forwards to. */
const proxies = [
  { name: 'node-go', port: 6010, upstream: 'node', to: 'grpc' },
  { name: 'grpc-web', port: 6020, upstream: 'node-web', to: 'web' },
  { name: 'history-server', port: 6030, upstream: 'history-server', to: 'history' },
] as const;

/**
 * Toxiproxy, with the proxies that XMTP's suites expect. The names of their containers mean this network, whatever the port;
 * all addresses of a machine (`[::]`, `0.0.0.0`) mean the address that the network listens on.
 */
export async function startToxiproxy({ host, port, ports }: ToxiproxyOptions) {
  const toListen = (address: string): Place => {
    const asked = splitAddress(address);
    return /^(?:|\[::\]|0\.0\.0\.0)$/u.test(asked.host) ? { ...asked, host } : { ...asked, host: bare(asked.host) };
  };
  const toUpstream = (address: string): Place => {
    const asked = splitAddress(address);
    const ours = proxies.find(({ upstream }) => upstream === asked.host);
    return ours === undefined ? { ...asked, host: bare(asked.host) } : { host, port: ports[ours.to] };
  };
  const created = createToxicProxies({
    toListen,
    toUpstream,
    random: createSeededRandom(1),
    now: createElapsedClock(),
  });
  try {
    for (const { name, upstream, to, ...proxy } of proxies) {
      const listen = `[::]:${port === 0 ? 0 : proxy.port}`;
      await created.create({ name, listen, upstream: `${upstream}:${ports[to]}`, enabled: true });
    }
    const answer = getRequestListener(createToxiproxyApp(created).fetch);
    const listener: RequestListener = (request, response) => void answer(request, response);
    const server = await startHttpServer({ host, port, listener });
    return {
      port: server.port,
      async close() {
        await server.close();
        await created.close();
      },
    };
  } catch (error) {
    await created.close();
    throw error;
  }
}

/** An IPv6 address without the brackets that its port needs. */
function bare(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}
