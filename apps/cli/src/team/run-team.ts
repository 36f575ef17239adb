import { setTimeout as delay } from 'node:timers/promises';
import type { RunningTeamPage } from '@xmtp-messaging/server';
import type { KnownServer } from '../servers/types.ts';
import { readToken } from '../servers/read-token.ts';
import type { Member } from './prepare-team.ts';
import { runEach } from './run-each.ts';
import { runShared } from './run-shared.ts';
import { openTeamPage } from './open-team-page.ts';
import { writeRunState } from './run-state.ts';
import type { RunningAgent, RunTeamOptions, TeamRun } from './types.ts';

/** Longer than a server takes to drain, which is ten seconds unless it was told otherwise. */
const stopMs = 20_000;

/** Runs the servers of a team, whose lock this process has, until the signal. @throws FileError */
export async function runTeam(options: RunTeamOptions): Promise<void> {
  const { members, paths, portEnv, onLine, onChange, signal, hurry } = options;
  const { pollMs = Math.max(1000, members.length * 10) } = options;
  const agents = members.map((member): RunningAgent => ({ ...firstView(member) }));
  let page: RunningTeamPage | null = null;
  const shared = portEnv !== null;
  let isWritten = false;
  const write = () => {
    const state = { pid: process.pid, shared, pagePort: page?.port ?? null };
    try {
      writeRunState(paths, { ...state, agents: agents.map((agent) => agent.process) });
      isWritten = true;
    } catch {
      // A disk that is full must not end what is running. Tried again at the next look.
      isWritten = false;
    }
  };
  const changed = () => {
    write();
    onChange(agents);
  };
  try {
    if (portEnv === null) page = await openTeamPage({ members, agents: () => agents, env: options.env });
    changed();
    const run: TeamRun = { members, paths, agents, onLine, changed };
    const servers = portEnv === null ? runEach(run) : runShared(run, portEnv);
    while (!signal.aborted) {
      await delay(pollMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await servers.look();
      if (!isWritten) write();
      onChange(agents);
    }
    const stopping = servers.stop({ timeoutMs: hurry.aborted ? 0 : stopMs });
    const kill = () => void servers.stop({ timeoutMs: 0 });
    hurry.addEventListener('abort', kill, { once: true });
    await stopping;
  } finally {
    await page?.close();
  }
}

function firstView({ name, wallet, address, port, basePath, id, env }: Member): RunningAgent {
  const server: KnownServer = {
    name,
    url: `http://127.0.0.1:${port}${basePath}`,
    agent: id,
    address,
    token: readToken(env, address),
  };
  const agent = { name, wallet, address, port, pid: null, restarts: 0, lastExit: null, gaveUp: false };
  return { server, status: null, why: null, process: agent };
}
