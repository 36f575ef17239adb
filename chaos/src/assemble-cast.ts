import { join } from 'node:path';
import {
  type Agent,
  type DevnetProcess,
  findFreePort,
  startAgent,
  startDevnetProcess,
  startSharedAgents,
} from '@xmtp-messaging/stage';
import { wakingKinds } from './say-token.ts';
import { type Endpoint, startEndpoint } from './start-endpoint.ts';

/** One agent of the run: its server may die and come back, its endpoint stays and has moods. */
export interface Player {
  readonly name: string;
  readonly address: string;
  readonly url: string;
  /** The folder of its mailbox. */
  readonly home: string;
  readonly endpoint: Endpoint;
  readonly installationId: string;
  /** The server as it runs now. */
  agent(): Agent;
  /** Of several behind one port, all are killed. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** Everything that one run stands on. */
export interface Cast {
  readonly players: readonly Player[];
  /** Where the network's faults are set. */
  controlUrl(): string;
  /** Where the network's clients go; it stays when the network is started again. */
  networkUrl(): string;
  killNetwork(): Promise<void>;
  restartNetwork(): Promise<void>;
  readonly protocol: 'v3' | 'd14n';
  close(): Promise<void>;
}

/** What a run's cast is made of. */
export interface CastOptions {
  /** Private folder of the run. */
  folder: string;
  /** The folder whose `.ows` holds the wallets. */
  vault: string;
  /** Which network, default V3. */
  protocol?: 'v3' | 'd14n' | undefined;
  /** Name and address of each wallet. */
  wallets: ReadonlyMap<string, string>;
  /** Whether one process serves all players. @default false */
  shared?: boolean | undefined;
  /** Environment of a player's server, beside the usual one. */
  envOf?: ((player: string) => Readonly<Record<string, string>>) | undefined;
  onDelivery: (delivery: unknown) => void;
}

/** Starts network, endpoints and servers, connects them, and lets everybody hear everybody. */
export async function assembleCast(options: CastOptions): Promise<Cast> {
  const { folder, vault, wallets, protocol = 'v3', shared = false, envOf = () => ({}), onDelivery } = options;
  const taken = new Set<number>();
  // Clients keep the address of their node: it must be found there again when the network returns.
  // Below those that systems give to whoever asks for any, as tests beside it do.
  const ownPort = async () => {
    const port = await findFreePort(31_900 - 2 * (process.pid % 400), taken);
    taken.add(port);
    return port;
  };
  const [networkPort, nodePort] = [await ownPort(), await ownPort()];
  const ports = [
    '--port',
    String(networkPort),
    '--node-port',
    String(nodePort),
    '--web-port',
    '0',
    '--history-port',
    '0',
  ];
  const networkArgs = [...ports, '--protocol', protocol, '--data', join(folder, 'network')];
  let network: DevnetProcess = await startDevnetProcess(networkArgs);

  // Two runs at once search in places of their own: between its end and its return a server's port is free for others.
  // Above 10,080, the last port that `fetch` refuses to call.
  const firstPort = 11_000 + 3 * (process.pid % 7_000);
  const players: (Omit<Player, 'installationId'> & { installationId: string })[] = [];
  const close = async () => {
    for (const player of players) {
      await player.agent().stop();
      await player.endpoint.close();
    }
    await network.kill();
  };
  try {
    const sharedPort = shared ? await findFreePort(firstPort, taken) : null;
    const parts: { name: string; address: string; port: number; env: Record<string, string>; endpoint: Endpoint }[] =
      [];
    for (const [name, address] of wallets) {
      const endpoint = await startEndpoint(onDelivery);
      const port = sharedPort ?? (await findFreePort(firstPort, taken));
      taken.add(port);
      const env = {
        PATH: process.env['PATH'] ?? '',
        HOME: vault,
        OWS_WALLET: name,
        XMTP_HOME: join(folder, 'xmtp'),
        XMTP_ENV: 'local',
        XMTP_API_URL: network.ready.url,
        ...(protocol === 'd14n' ? { XMTP_GATEWAY_HOST: network.ready.url } : {}),
        XMTP_WEBHOOK_URL: endpoint.url,
        XMTP_WEBHOOK_SECRET: endpoint.secret,
        XMTP_DELIVERY_TIMEOUT: '1500',
        XMTP_DELIVERY_RETRY_BASE: '50',
        XMTP_DELIVERY_ATTEMPTS: '1000',
        XMTP_SENDS_PER_MINUTE: '1000000',
        XMTP_WAKES: wakingKinds,
        PORT: String(port),
        ...envOf(name),
      };
      parts.push({ name, address, port, env, endpoint });
    }
    const logOf = (name: string) => join(folder, `${name}.log`);
    const group = sharedPort === null ? null : await keepGroup(parts, sharedPort, logOf('all'));
    for (const [index, part] of parts.entries()) {
      const { name, address, env, endpoint } = part;
      const start = () => startAgent({ ...part, logFile: logOf(name) });
      let own = group === null ? start() : null;
      const agent = () => own ?? group!.agent(index);
      players.push({
        name,
        address,
        url: agent().url,
        home: join(env['XMTP_HOME'] ?? '', address.toLowerCase()),
        endpoint,
        installationId: '',
        agent,
        kill: () => agent().kill(),
        restart: async () => {
          if (group !== null) await group.restart();
          else own = start();
        },
      });
    }
    for (const player of players) {
      await player.agent().ready();
      const { body } = await player.agent().request('GET', '/xmtp/status');
      player.installationId = (body as { installationId: string }).installationId;
      for (const { address } of players) {
        if (address === player.address) continue;
        const { status } = await player.agent().request('POST', '/xmtp/allowlist', { address });
        if (status >= 300) throw new Error(`${player.name} could not list ${address}: ${status}`);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    players,
    controlUrl: () => network.ready.historyUrl,
    protocol,
    networkUrl: () => network.ready.url,
    killNetwork: () => network.kill(),
    restartNetwork: async () => {
      network = await startDevnetProcess(networkArgs);
    },
    close,
  };
}

/** One process that serves all players: whoever has one of them killed has all of them killed, and starts them once. */
async function keepGroup(
  agents: readonly { name: string; address: string; env: Record<string, string> }[],
  port: number,
  logFile: string,
) {
  const start = () => startSharedAgents({ agents, port, logFile });
  let running = await start();
  let restarting: Promise<void> | null = null;
  return {
    agent: (index: number) => running[index]!,
    restart: () =>
      (restarting ??= (async () => {
        if (running[0]!.isRunning()) return;
        running = await start();
      })().finally(() => {
        restarting = null;
      })),
  };
}
