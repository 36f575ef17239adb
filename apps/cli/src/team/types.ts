import type { SeenServer, TableStatus } from '../servers/read-status.ts';
import type { Member } from './prepare-team.ts';
import type { AgentState } from './run-state.ts';
import type { TeamPaths } from './team-folder.ts';

/** One agent of a team that runs here. */
export interface RunningAgent extends Omit<SeenServer, 'status'> {
  status: TableStatus | null;
  process: AgentState;
}

/** How to run a team. */
export interface RunTeamOptions {
  members: readonly Member[];
  paths: TeamPaths;
  /** The environment of the one process that serves all; `null`: each agent has a process of its own. */
  portEnv: Record<string, string> | null;
  /** Of the team as a whole. */
  env: Readonly<Record<string, string | undefined>>;
  /** Each line that a server prints. */
  onLine: (name: string, line: string) => void;
  /** Whenever something changed. */
  onChange: (agents: readonly RunningAgent[]) => void;
  /** Stops the team in good order. */
  signal: AbortSignal;
  /** Aborted when there is no time for good order any more. */
  hurry: AbortSignal;
  /** How often servers are asked, milliseconds. @default 1_000, and more in a large team */
  pollMs?: number | undefined;
}

/** What the processes of a team work with. */
export interface TeamRun extends Pick<RunTeamOptions, 'members' | 'paths' | 'onLine'> {
  /** In the order of the members, kept up to date. */
  agents: RunningAgent[];
  /** The state of processes is another. */
  changed: () => void;
}

/** The processes of a team. */
export interface TeamServers {
  /** Asks how each agent stands. It does not throw. */
  look(): Promise<void>;
  /** Resolves when all processes are gone. */
  stop(options: { timeoutMs: number }): Promise<void>;
}
