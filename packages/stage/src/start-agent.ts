import { patient } from '@xmtp-messaging/testing/patient';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ServerProcess, startServerProcess } from './start-server-process.ts';

/** What a server's exit code says when something else has its port. */
const portTakenCode = 4;

/** The server ended because another program has its port. */
export class PortTakenError extends Error {
  override name = 'PortTakenError';
}

/** Where an agent's server listens and what it may use. */
export interface AgentOptions {
  name: string;
  address: string;
  port: number;
  /** Environment of its server process, in full: nothing is inherited. */
  env: Readonly<Record<string, string>>;
  /** Receives everything that the process prints. */
  logFile: string;
  /** Ends waiting for the server and its answers; the process is ended by `stop`. */
  signal?: AbortSignal | undefined;
  /** Arguments of Node. @default the server's sources, without a build */
  program?: readonly string[] | undefined;
}

/** One agent: a real server process and its HTTP surface. */
export interface Agent {
  readonly name: string;
  readonly address: string;
  readonly url: string;
  /** Of the server process. */
  readonly pid: number;
  /** As its operator, whose token is read from the agent's home. */
  request(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** The file with the operator's token; there as soon as the wallet was asked. */
  readonly operatorTokenFile: string;
  /** Whether the process is there. */
  isRunning(): boolean;
  /** Resolves when the server says it is connected. */
  ready(): Promise<void>;
  /** SIGTERM, and SIGKILL if that takes longer than ten seconds. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

export function startAgent(options: AgentOptions): Agent {
  const { env, logFile, program } = options;
  return agentOf(startServerProcess({ env, logFile, program }), `http://127.0.0.1:${options.port}`, options);
}

/** What several agents behind one port have in common. */
export interface SharedAgentsOptions {
  agents: readonly Pick<AgentOptions, 'name' | 'address' | 'env'>[];
  port: number;
  /** Receives everything that the process prints; the list of agents stands beside it. */
  logFile: string;
}

/** Starts one process that serves all of them. To stop or to kill one of them is to do so with all. */
export async function startSharedAgents({ agents, port, logFile }: SharedAgentsOptions): Promise<Agent[]> {
  const path = join(dirname(logFile), 'agents.json');
  const listed = agents.map(({ name, env }) => ({ name, env }));
  await writeFile(path, JSON.stringify({ agents: listed }), { mode: 0o600 });
  const env = { ...agents[0]!.env, PORT: String(port), XMTP_AGENTS_FILE: path };
  const server = startServerProcess({ env, logFile });
  return agents.map((agent) =>
    agentOf(server, `http://127.0.0.1:${port}/agents/${agent.name}`, { ...agent, port, logFile }),
  );
}

function agentOf(server: ServerProcess, url: string, options: AgentOptions): Agent {
  const { name, address, port, env, logFile, signal } = options;

  const operatorTokenFile = join(env['XMTP_HOME'] ?? '', address.toLowerCase(), 'operator.token');
  const bearer = async (): Promise<Record<string, string>> => {
    const token = await readFile(operatorTokenFile, 'utf8').catch(() => null);
    return token === null ? {} : { authorization: `Bearer ${token.trim()}` };
  };

  const request: Agent['request'] = async (method, path, body) => {
    const limit = AbortSignal.timeout(patient(70_000));
    const response = await fetch(url + path, {
      method,
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(await bearer()) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };

  return {
    name,
    address,
    url,
    pid: server.pid,
    request,
    operatorTokenFile,
    async ready() {
      const limit = AbortSignal.timeout(patient(60_000));
      for (;;) {
        const status = await request('GET', '/xmtp/status').catch(() => null);
        const body = status?.body as { connected?: boolean; address?: string | null } | undefined;
        // Whoever has our port would answer as well: the address tells that it is ours.
        if (body?.connected === true && body.address?.toLowerCase() === address.toLowerCase()) return;
        signal?.throwIfAborted();
        if (server.exitCode() === portTakenCode) throw new PortTakenError(`Something else has port ${port}.`);
        if (limit.aborted || server.exitCode() !== null) {
          const printed = await readFile(logFile, 'utf8');
          throw new Error(
            `${name}'s server did not connect. It said:\n${printed.trim().split('\n').slice(-10).join('\n')}`,
          );
        }
        await delay(50);
      }
    },
    isRunning: () => server.isRunning(),
    stop: () => server.stop(),
    kill: () => server.kill(),
  };
}
