import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../errors.ts';
import { type SeenServer, readStatus } from '../servers/read-status.ts';
import type { KnownServer } from '../servers/types.ts';
import { readToken } from '../servers/read-token.ts';
import { openLog } from './open-log.ts';
import type { Member } from './prepare-team.ts';
import { type AgentState, lockTeam, writeRunState } from './run-state.ts';
import { serverProgram } from './server-program.ts';
import { superviseServer } from './supervise-server.ts';
import type { TeamPaths } from './team-folder.ts';

/** One agent of a team that runs here. */
export interface RunningAgent extends SeenServer {
  process: AgentState;
}

/** How to run a team. */
export interface RunTeamOptions {
  members: readonly Member[];
  paths: TeamPaths;
  /** Each line that a server prints. */
  onLine: (name: string, line: string) => void;
  /** Whenever something changed. */
  onChange: (agents: readonly RunningAgent[]) => void;
  /** Stops the team in good order. */
  signal: AbortSignal;
  /** Aborted when there is no time for good order any more. */
  hurry: AbortSignal;
  /** How often servers are asked, milliseconds. @default 1_000 */
  pollMs?: number | undefined;
}

/** Longer than a server takes to drain, which is ten seconds unless it was told otherwise. */
const stopMs = 20_000;

/** Runs the servers of a team until the signal. @throws CliError ALREADY_UP */
export async function runTeam(options: RunTeamOptions): Promise<void> {
  const { members, paths, onLine, onChange, signal, hurry, pollMs = 1000 } = options;
  const unlock = lockTeam(paths);
  if (unlock === null) throw new CliError({ code: 'ALREADY_UP' });
  const agents = members.map((member): RunningAgent => ({ ...firstView(member) }));
  const write = () => writeRunState(paths, { pid: process.pid, agents: agents.map((agent) => agent.process) });
  try {
    write();
    const servers = members.map((member, index) => {
      const log = openLog(paths.log(member.name));
      const server = superviseServer({
        command: serverProgram(),
        env: member.env,
        cwd: paths.folder,
        onLine: (line) => {
          log.line(line);
          onLine(member.name, line);
        },
        onChange: (state) => {
          const agent = agents[index]!;
          agents[index] = { ...agent, status: null, process: { ...agent.process, ...state } };
          write();
          onChange(agents);
        },
      });
      return { server, log };
    });
    while (!signal.aborted) {
      await delay(pollMs, undefined, { signal }).catch(() => {});
      await Promise.all(
        agents.map(async ({ server, process: { pid } }, index) => {
          const seen = pid === null || signal.aborted ? null : await readStatus(server);
          if (seen !== null && agents[index]!.process.pid === pid) agents[index] = { ...agents[index]!, ...seen };
        }),
      );
      onChange(agents);
    }
    const stopping = Promise.all(
      servers.map(async ({ server, log }) => {
        await server.stop({ timeoutMs: hurry.aborted ? 0 : stopMs });
        log.close();
      }),
    );
    const kill = () => void Promise.all(servers.map(async ({ server }) => await server.stop({ timeoutMs: 0 })));
    hurry.addEventListener('abort', kill, { once: true });
    await stopping;
  } finally {
    unlock();
  }
}

function firstView({ name, wallet, address, port, id, env }: Member): RunningAgent {
  const server: KnownServer = {
    name,
    url: `http://127.0.0.1:${port}`,
    agent: id,
    address,
    token: readToken(env, address),
  };
  const agent = { name, wallet, address, port, pid: null, restarts: 0, lastExit: null, gaveUp: false };
  return { server, status: null, why: null, process: agent };
}
