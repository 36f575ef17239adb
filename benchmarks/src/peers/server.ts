import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createWallets, findFreePort, startAgent } from '@xmtp-messaging/stage';
import { inParallel } from '../measure/in-parallel.ts';
import { createWallClock } from '../measure/wall-clock.ts';
import type { Arrival } from './arrival.ts';
import { followEvents } from './follow-events.ts';
import { createHttpClient } from './http-client.ts';
import type { SendJob } from './naive-sender.ts';
import { payload } from './payload.ts';

const wallet = 'bench';
const firstPort = 24_101;
const taken = new Set<number>();

/** This project: one server process, asked over HTTP. */
export interface Server {
  readonly pid: number;
  readonly address: string;
  readonly home: string;
  readonly url: string;
  /** Puts addresses on the allowlist. */
  allow(addresses: readonly string[]): Promise<void>;
  /** `POST /xmtp/send` from `callers` callers at once. Resolves to milliseconds. */
  send(job: SendJob): Promise<number>;
  /** Follows `GET /xmtp/events`. Resolves when the server listens; returns how to stop. */
  events(listener: (arrival: Arrival) => void): Promise<() => void>;
  stop(): Promise<void>;
}

/** Where an agent's vault and messages live, and which network it is on. */
export interface ServerOptions {
  folder: string;
  networkUrl: string;
  /** Of an agent that was here before; made anew without. */
  address?: string | undefined;
  /** How often to ask whether it is connected, in milliseconds. @default 20 */
  pollMs?: number | undefined;
}

/** The vault's home and the folder of messages of an agent whose files are in `folder`. */
const environmentOf = (folder: string, networkUrl: string, port: number): Record<string, string> => ({
  HOME: join(folder, 'vault'),
  OWS_WALLET: wallet,
  XMTP_HOME: join(folder, 'xmtp'),
  XMTP_ENV: 'local',
  XMTP_API_URL: networkUrl,
  XMTP_LOG_LEVEL: 'warn',
  // The peers have no limit either.
  XMTP_SENDS_PER_MINUTE: '1000000',
  PORT: String(port),
  // The patched binding is made once for each user, not once for each agent.
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
});

/** Starts a server process and resolves when its status says `connected`. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { folder, networkUrl, pollMs = 20 } = options;
  const address = options.address ?? (await createWallets(join(folder, 'vault'), [wallet]))[0]!;
  const port = await findFreePort(firstPort, taken);
  taken.add(port);
  const agent = startAgent({
    name: wallet,
    address,
    port,
    env: environmentOf(folder, networkUrl, port),
    logFile: join(folder, 'server.log'),
  });
  const http = createHttpClient(agent.url);
  const connected = async () =>
    ((await http.getJson('/xmtp/status').catch(() => null)) as { connected?: boolean } | null)?.connected === true;
  const deadline = performance.now() + 60_000;
  while (!(await connected())) {
    if (performance.now() > deadline) await agent.ready();
    await delay(pollMs);
  }

  return {
    pid: agent.pid,
    address: address.toLowerCase(),
    home: join(folder, 'xmtp', address.toLowerCase()),
    url: agent.url,
    async allow(addresses) {
      for (const one of addresses) await http.postJson(`/xmtp/allowlist/${one}`, {}, 'PUT');
    },
    async send({ to, count, callers }) {
      const start = performance.now();
      await inParallel(callers, count, (index) =>
        http.postJson('/xmtp/send', { to: to[index % to.length], message: payload(index) }),
      );
      return performance.now() - start;
    },
    events: (listener) => followEvents(http, createWallClock(), listener),
    async stop() {
      http.close();
      await agent.stop();
    },
  };
}
