import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDevnet, type Devnet, type DevnetOptions } from '@xmtp-messaging/devnet';
import { locateOws, parseWalletList } from '@xmtp-messaging/ows-signer';
import {
  nameFaultsByV3,
  networkAt,
  networkVariables,
  patient,
  temporaryDirectory,
  testProtocol,
  waitFor,
} from '@xmtp-messaging/testing';
import { onTestFinished } from 'vitest';
import { checkAnswer } from './check-answer.ts';
import {
  type AgentMessage,
  type RunningServer,
  type ServerConfig,
  startServer as startSingle,
  startSharedServer,
  type StartServerOptions,
} from '../src/index.ts';

const run = promisify(execFile);
/** Of every server here. */
export const operatorToken = 'w8Vn2-kept-by-one-alone-Qz71';
const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** A network, a vault and a folder, all of their own and all gone afterwards. */
export interface Stage {
  root: string;
  devnet: Devnet;
  /** EIP-55 addresses by wallet name. */
  wallets: Readonly<Record<string, `0x${string}`>>;
  /** Local names, `NAME.test.eth`, of the wallets. */
  hostsFile: string;
  config(wallet: string, more?: Partial<ServerConfig>): ServerConfig;
  env(wallet: string, more?: Record<string, string>): Record<string, string>;
  close(): Promise<void>;
}

export async function createStage(names: readonly string[], options: DevnetOptions = {}): Promise<Stage> {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-messaging-server-'));
  const devnet = nameFaultsByV3(await createDevnet({ protocol: testProtocol, ...options }));
  const vault = join(root, 'vault');
  await mkdir(vault, { mode: 0o700 });
  const ows = locateOws();
  if (ows === null) throw new Error('no ows for this platform');
  for (const name of names) await run(ows, ['wallet', 'create', `--name=${name}`], { env: { HOME: vault } });
  const listed = parseWalletList((await run(ows, ['wallet', 'list'], { env: { HOME: vault } })).stdout);
  const wallets = Object.fromEntries(
    names.map((name) => [name, listed.find((wallet) => wallet.name === name)!.evmAddress as `0x${string}`]),
  );
  const hostsFile = join(root, 'hosts.yaml');
  await writeFile(hostsFile, names.map((name) => `${name}.test.eth: "${wallets[name]}"\n`).join(''));
  const homeRoot = join(root, 'xmtp');
  return {
    root,
    devnet,
    wallets,
    hostsFile,
    config: (wallet, more = {}) => ({
      wallet: { name: wallet, home: vault },
      homeRoot,
      network: networkAt(devnet.url),
      names: { hostsFile },
      shutdownTimeoutMs: 5000,
      ...more,
      http: { port: 0, operatorToken, ...more.http },
    }),
    env: (wallet, more = {}) => ({
      OWS_WALLET: wallet,
      HOME: vault,
      PATH: '/usr/bin:/bin',
      XMTP_HOME: homeRoot,
      ...networkVariables(devnet.url),
      XMTP_HOSTS_FILE: hostsFile,
      PORT: '0',
      XMTP_OPERATOR_TOKEN: operatorToken,
      ...more,
    }),
    close: async () => {
      await devnet.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Whether each server of these tests is an agent behind a port that could have several: `npm run test:shared`. */
const isShared = process.env['XMTP_TEST_SHARED'] === '1';
const sharedPath = '/agents/solo';

/** A server in this process, as the run wants it. */
export async function startServer(config: ServerConfig, options: StartServerOptions = {}): Promise<RunningServer> {
  if (!isShared) return await startSingle(config, options);
  const { host, port, allowedHosts, operatorToken, operatorTokenFile, freeAuthFailures, metrics } = config.http;
  const http = { host, port, allowedHosts, operatorToken, operatorTokenFile, freeAuthFailures, metrics };
  const { unknownVariables: unknown = [], ...rest } = options;
  const agents = [{ name: 'solo', settings: async () => ({ config, unknown: [...unknown] }) }];
  const { homeRoot, shutdownTimeoutMs } = config;
  const server = await startSharedServer({ http, homeRoot, shutdownTimeoutMs, agents }, rest);
  const view = () => server.agents()[0]!;
  return {
    url: server.url + sharedPath,
    port: server.port,
    get address() {
      return view().address as `0x${string}` | null;
    },
    ready: async () => {
      const { state } = await waitFor(() => (view().connected || view().state === 'failed' ? view() : null), {
        timeoutMs: 50_000,
      });
      if (state === 'failed') throw new Error(view().reason?.code);
    },
    close: () => server.close(),
  };
}

/** The program in a process of its own. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Everything it printed. */
  output(): string;
  /** Resolves with its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGKILL'): void;
  /** Nobody reads any more what it prints. */
  stopReading(): void;
}

export function spawnServer(env: Record<string, string>, args: readonly string[] = []): Omit<ServerProcess, 'url'> {
  const child = spawn(process.execPath, [...sourceFlags, program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails must leave no process behind.
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const stopReading = () => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { pid: child.pid!, output: () => output, ended, signal: (name) => void child.kill(name), stopReading };
}

/** Starts the program and waits until it listens. */
export async function startProcess(given: Record<string, string>): Promise<ServerProcess> {
  const env = isShared ? await sharedEnv(given) : given;
  const server = spawnServer(env);
  const url = await waitFor(
    () => {
      const line = server
        .output()
        .split('\n')
        .find((text) => text.includes('"server-listening"'));
      return line === undefined ? null : (JSON.parse(line) as { url: string }).url;
    },
    { timeoutMs: 20_000, what: `the server to listen; it said: ${server.output()}` },
  );
  return { ...server, url: isShared ? url + sharedPath : url };
}

async function sharedEnv(env: Record<string, string>): Promise<Record<string, string>> {
  const folder = await temporaryDirectory();
  const path = join(folder, 'agents.json');
  await writeFile(path, JSON.stringify({ agents: [{ name: 'solo', env }] }), { mode: 0o600 });
  return { ...env, XMTP_AGENTS_FILE: path };
}

/** The answer of a server. */
export interface Answer<Body> {
  status: number;
  body: Body;
  text: string;
  headers: Headers;
}

/** One JSON request. */
export async function request<Body = Record<string, unknown>>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const response = await fetch(url + path, {
    method,
    // Servers are closed and opened again in these tests, and a pooled connection to one that is gone is reset.
    headers: { connection: 'close', ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(patient(30_000)),
  });
  const text = await response.text();
  checkAnswer({ method, path, status: response.status, type: response.headers.get('content-type'), text });
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, body: json as Body, text, headers: response.headers };
}

/** The same, as the operator. */
export const operate: typeof request = (url, method, path, body, headers) =>
  request(url, method, path, body, { authorization: `Bearer ${operatorToken}`, ...headers });

/** A page of messages. */
export interface Page {
  messages: AgentMessage[];
  cursor: number;
}

export async function connected(url: string): Promise<void> {
  await waitFor(async () => (await request(url, 'GET', '/xmtp/status')).body['connected'] === true, {
    timeoutMs: 20_000,
    what: 'connected',
  });
}
