import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parseJson } from '@xmtp-messaging/errors';
import { readPrivateFileSync, writeDurablySync } from '@xmtp-messaging/errors/files';
import { z } from 'zod';
import type { TeamPaths } from './team-folder.ts';

const agentState = z.object({
  name: z.string(),
  wallet: z.string(),
  address: z.string(),
  port: z.int(),
  /** Of its server; `null` while it is down. */
  pid: z.int().nullable(),
  /** Starts after the first one. */
  restarts: z.int(),
  /** How its server ended last, as an exit code or a signal. */
  lastExit: z.string().nullable(),
  /** It will not be started again: somebody must act. */
  gaveUp: z.boolean(),
});
const runState = z.object({
  pid: z.int(),
  /** One process serves all agents, behind one port. */
  shared: z.boolean().default(false),
  /** Where the page of the team is, when each agent has a server of its own. */
  pagePort: z.int().nullable().default(null),
  agents: z.array(agentState),
});

/** One agent of a team that is up. */
export type AgentState = z.infer<typeof agentState>;

/** A team that is up. */
export type RunState = z.infer<typeof runState>;

/** What was written last; `null` for nothing. That it is there does not mean that the team is up: see `isUp`. */
export function readRunState({ state }: TeamPaths): RunState | null {
  try {
    const text = readPrivateFileSync(state)?.bytes.toString('utf8') ?? '';
    const read = runState.safeParse(parseJson(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

export function writeRunState({ state }: TeamPaths, value: RunState): void {
  writeDurablySync(state, Buffer.from(`${JSON.stringify(value)}\n`));
}

/**
 * Takes the lock of a team, which ends with the process however that dies; `null` when another process has it.
 * @returns the way to give it back, which removes both files
 */
export function lockTeam(paths: TeamPaths): (() => void) | null {
  const database = new DatabaseSync(paths.lock, { timeout: 0 });
  try {
    // No second file beside it.
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch {
    database.close();
    return null;
  }
  return () => {
    removeTraces(paths);
    database.close();
  };
}

/** Takes away what is there only while a team is up. */
export function removeTraces({ state, agents, lock }: TeamPaths): void {
  for (const path of [state, agents, lock]) rmSync(path, { force: true });
}

/** Whether a process holds the lock of the team now. */
export function isUp(paths: TeamPaths): boolean {
  try {
    const database = new DatabaseSync(paths.lock, { readOnly: true, timeout: 0 });
    try {
      database.exec('select count(*) from sqlite_schema');
      return false;
    } catch {
      return true;
    } finally {
      database.close();
    }
  } catch {
    // No such file.
    return false;
  }
}
