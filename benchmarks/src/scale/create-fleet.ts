import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inParallel } from '../measure/in-parallel.ts';
import { residentMemory } from '../measure/resident-memory.ts';

/** An agent that is registered. */
export interface FleetAgent {
  name: string;
  address: string;
  /** Before its routes. */
  url: string;
  /** `Authorization` of its operator. */
  operator(): Promise<Record<string, string>>;
}

/** All agents of a run, as processes. */
export interface Fleet {
  readonly agents: readonly FleetAgent[];
  /** Starts all, and resolves when each is connected. Milliseconds. */
  start(progress: (connected: number) => void): Promise<number>;
  /** Resident memory of all processes, bytes. */
  memory(): Promise<number>;
  /** SIGTERM. Milliseconds until all are gone. */
  stop(): Promise<number>;
  kill(): void;
}

/** How a fleet is run. */
export interface FleetOptions {
  mode: 'shared' | 'each';
  /** Of the server. */
  main: string;
  addresses: readonly string[];
  /** With `xmtp`, the folder of homes. */
  folder: string;
  networkUrl: string;
  firstPort: number;
  /** Agents in one process at the most, when they share one. */
  shard: number;
}

/** Processes that start side by side. */
const startsAtOnce = 4;
const limitMs = 1_800_000;

const bearer = async (folder: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${(await readFile(join(folder, 'operator.token'), 'utf8')).trim()}`,
});

export async function createFleet(options: FleetOptions): Promise<Fleet> {
  const { mode, main, addresses, folder, networkUrl, firstPort, shard } = options;
  const homeRoot = join(folder, 'xmtp');
  // In place of `ows`, which is a third party's and would be asked once at each start: a list of this one wallet.
  const list = join(folder, 'list.sh');
  const block = 'ID:      00000000-0000-4000-8000-000000000000\\nName:    %s\\n  eip155:1 (ethereum) → %s\\n';
  await writeFile(list, `[ "$3" = wallet ] && printf '${block}' "$1" "$2"\n`, { mode: 0o600 });
  const common = {
    HOME: folder,
    PATH: process.env['PATH'] ?? '',
    XMTP_HOME: homeRoot,
    XMTP_ENV: 'dev',
    XMTP_API_URL: networkUrl,
    XMTP_LOG_LEVEL: 'warn',
    XMTP_SENDS_PER_MINUTE: '1000000',
    XMTP_REQUESTS_PER_MINUTE: '10000000',
    XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  };
  const own = (name: string, address: string) => ({
    OWS_WALLET: name,
    OWS_COMMAND: JSON.stringify(['/bin/sh', list, name, address]),
  });
  const log = createWriteStream(join(folder, 'fleet.log'), { flags: 'a', mode: 0o600 });
  const children: ChildProcess[] = [];
  const run = (env: Record<string, string>) => {
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [child.stdout, child.stderr]) stream?.pipe(log, { end: false });
    children.push(child);
    return child;
  };
  const agents = addresses.map((address, index): FleetAgent => {
    const name = `a${index}`;
    const port = firstPort + (mode === 'shared' ? Math.floor(index / shard) : index);
    return {
      name,
      address,
      url: `http://127.0.0.1:${port}${mode === 'shared' ? `/agents/${name}` : ''}`,
      operator: () => bearer(join(homeRoot, address.toLowerCase())),
    };
  });
  const until = async (child: ChildProcess, isDone: () => Promise<boolean>, everyMs: number) => {
    for (const end = performance.now() + limitMs; !(await isDone().catch(() => false)); await delay(everyMs)) {
      if (child.exitCode !== null) throw new Error(`a server ended with ${child.exitCode}; see ${folder}/fleet.log`);
      if (performance.now() > end) throw new Error(`not connected in time; see ${folder}/fleet.log`);
    }
  };
  const ask = async (url: string, headers: Record<string, string>) => {
    const response = await fetch(url, { headers: { connection: 'close', ...headers } });
    return (await response.json()) as { connected?: boolean; agents?: { connected: boolean }[] };
  };
  const startShared = async (progress: (connected: number) => void) => {
    const connected = Array.from({ length: Math.ceil(agents.length / shard) }, () => 0);
    const startShard = async (index: number) => {
      const members = agents.slice(index * shard, (index + 1) * shard);
      const port = firstPort + index;
      const path = join(folder, `agents-${index}.json`);
      const listed = members.map(({ name, address }) => ({ name, env: own(name, address) }));
      await writeFile(path, JSON.stringify({ agents: listed }), { mode: 0o600 });
      const child = run({ ...common, PORT: String(port), XMTP_AGENTS_FILE: path });
      const isDone = async () => {
        const said = await ask(`http://127.0.0.1:${port}/agents`, await bearer(homeRoot));
        connected[index] = said.agents?.filter((agent) => agent.connected).length ?? 0;
        progress(connected.reduce((sum, one) => sum + one, 0));
        return connected[index] === members.length;
      };
      await until(child, isDone, Math.max(50, members.length * 2));
    };
    await Promise.all(connected.map((_, index) => startShard(index)));
  };
  const startEach = async (progress: (connected: number) => void) => {
    let connected = 0;
    await inParallel(startsAtOnce, agents.length, async (index) => {
      const { name, address, url } = agents[index]!;
      const child = run({ ...common, ...own(name, address), PORT: String(firstPort + index) });
      await until(child, async () => (await ask(`${url}/xmtp/status`, {})).connected === true, 50);
      connected += 1;
      progress(connected);
    });
  };
  return {
    agents,
    async start(progress) {
      const begun = performance.now();
      await (mode === 'shared' ? startShared(progress) : startEach(progress));
      return performance.now() - begun;
    },
    async memory() {
      const all = await Promise.all(children.map(async ({ pid = 0 }) => await residentMemory(pid)));
      return all.reduce((sum, one) => sum + one, 0);
    },
    async stop() {
      const begun = performance.now();
      const gone = children.map(async (child) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      });
      await Promise.all(gone);
      children.length = 0;
      return performance.now() - begun;
    },
    kill() {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
