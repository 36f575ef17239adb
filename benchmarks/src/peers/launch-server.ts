import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Agent, createWallets, findFreePort, startAgent } from '@xmtp-messaging/stage';
import { createWallClock } from '../measure/create-wall-clock.ts';
import type { Arrival } from './arrival-of.ts';
import { followEvents } from './follow-events.ts';
import { createHttpClient } from './create-http-client.ts';
import type { SendJob } from './create-naive-sender.ts';
import { sendOverHttp } from './send-over-http.ts';

const wallet = 'bench';
const firstPort = 24_101;
const taken = new Set<number>();

/** This project: one server process, asked over HTTP. */
export interface Server {
  readonly pid: number;
  readonly address: string;
  readonly url: string;
  /** Resolves when its status says so. */
  connected(): Promise<void>;
  /** Resolves when it has synced everything that there was when this was called. */
  synced(): Promise<void>;
  /** Puts addresses on the allowlist. */
  allow(addresses: readonly string[]): Promise<void>;
  /** `POST /xmtp/send` from `callers` callers at once. Resolves to milliseconds. */
  send(job: SendJob): Promise<number>;
  /** Follows `GET /xmtp/events`, from as soon as the server lets us, with what was there before or without. Returns how to stop. */
  events(listener: (arrival: Arrival) => void, from?: 'start' | 'now'): Promise<() => void>;
  /** Ends the process in good order and starts another one in its place. Resolves when that is connected. */
  restart(): Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Where an agent's vault and messages live, and which network it is on. */
export interface ServerOptions {
  folder: string;
  networkUrl: string;
  /** Of an agent that was here before; made anew without. */
  address?: string | undefined;
  /** The built server, as it is deployed. @default the sources */
  main?: string | undefined;
  /** How often to ask whether it is there, in milliseconds. @default 20 */
  pollMs?: number | undefined;
  /** Further settings. @default none */
  settings?: Readonly<Record<string, string>> | undefined;
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
  // For a profiler: docs/performance.md.
  NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '',
  // The patched binding is made once for each user, not once for each agent.
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
});

/** Tries until it succeeds; the process's own words when that takes a minute. */
async function untilDone<T>(agent: Agent, pollMs: number, attempt: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    let failure: unknown = new Error('the server does not say so');
    const value = await attempt().catch((error: unknown) => {
      failure = error;
      return null;
    });
    if (value !== null) return value;
    if (performance.now() > deadline) {
      // Fails by itself, and with the log, when the server will never connect.
      await agent.ready();
      throw failure;
    }
    await delay(pollMs);
  }
}

/** Starts a server process; it may not be connected yet. */
export async function launchServer(options: ServerOptions): Promise<Server> {
  const { folder, networkUrl, main, pollMs = 20 } = options;
  const address = options.address ?? (await createWallets(join(folder, 'vault'), [wallet]))[0]!;
  const port = await findFreePort(firstPort, taken);
  taken.add(port);
  const env = { ...environmentOf(folder, networkUrl, port), ...options.settings };
  const program = main === undefined ? undefined : [main];
  const begin = () => startAgent({ name: wallet, address, port, env, logFile: join(folder, 'server.log'), program });
  let agent = begin();
  const http = createHttpClient(agent.url);
  const isConnected = async () => {
    const { connected } = (await http.getJson('/xmtp/status')) as { connected: boolean };
    return connected ? true : null;
  };

  const connected = async () => void (await untilDone(agent, pollMs, isConnected));

  return {
    get pid() {
      return agent.pid;
    },
    address: address.toLowerCase(),
    url: agent.url,
    connected,
    synced: async () => {
      const since = Date.now();
      await untilDone(agent, 100, async () => {
        const { lastSyncAt } = (await http.getJson('/xmtp/status')) as { lastSyncAt: string | null };
        return lastSyncAt !== null && Date.parse(lastSyncAt) > since ? true : null;
      });
    },
    allow: async (addresses) => {
      for (const one of addresses) {
        const { status, body } = await agent.request('PUT', `/xmtp/allowlist/${one}`, {});
        if (status >= 300) throw new Error(`PUT /xmtp/allowlist answered ${status}: ${JSON.stringify(body)}`);
      }
    },
    send: (job) => sendOverHttp(http, job),
    events: (listener, from = 'start') =>
      untilDone(agent, pollMs, () => followEvents(http, createWallClock(), listener, from)),
    restart: async () => {
      await agent.stop();
      agent = begin();
      await connected();
    },
    stop: async () => {
      http.close();
      await agent.stop();
      taken.delete(port);
    },
  };
}

/** Starts a server process and resolves when its status says `connected`. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const server = await launchServer(options);
  try {
    await server.connected();
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
