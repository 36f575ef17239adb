import { rmdirSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { parseJson } from '@xmtp-messaging/errors';
import { fromSystemError, makeFolder, readPrivateFileSync, writeDurablySync } from '@xmtp-messaging/errors/files';
import { tryLock } from '@xmtp-messaging/errors/lock';
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
  /** Empty while what the team needs is being made. */
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

/** @throws FileError */
export function writeRunState({ state }: TeamPaths, value: RunState): void {
  writeDurablySync(state, Buffer.from(`${JSON.stringify(value)}\n`));
}

/**
 * Takes the lock of a team, which ends with the process however that dies, and says beside it which process has it; `null` when
 * another one has.
 * @returns the way to give it back, which removes both files
 * @throws FileError where nothing can be written
 */
export function lockTeam(paths: TeamPaths): (() => void) | null {
  const isNew = statSync(paths.ours, { throwIfNoEntry: false }) === undefined;
  makeFolder(paths.ours);
  const letGo = takeLock(paths);
  if (letGo === null) return null;
  const unlock = () => {
    removeTraces(paths);
    letGo();
    if (isNew) removeIfEmpty(paths.ours);
  };
  try {
    // First of all what a process left that was killed: its number may be another's by now.
    rmSync(paths.state, { force: true });
    writeRunState(paths, { pid: process.pid, shared: false, pagePort: null, agents: [] });
    return unlock;
  } catch (error) {
    unlock();
    throw fromSystemError(paths.state, error);
  }
}

/** Takes away what a process left that was killed; nothing while a team is up, or starts. @throws FileError */
export function removeLeftTraces(paths: TeamPaths): void {
  if (statSync(paths.lock, { throwIfNoEntry: false }) === undefined) return;
  const letGo = takeLock(paths);
  if (letGo === null) return;
  removeTraces(paths);
  letGo();
}

/** Whoever gives the lock back takes its file away; a file that was opened before that holds nobody off. @throws FileError */
function takeLock({ lock }: TeamPaths): (() => void) | null {
  const inode = () => statSync(lock, { throwIfNoEntry: false })?.ino;
  try {
    for (;;) {
      const before = inode();
      const letGo = tryLock(lock);
      if (letGo === null) return null;
      // The first time round there may have been no file.
      if (before !== undefined && before === inode()) return letGo;
      letGo();
    }
  } catch (error) {
    throw fromSystemError(lock, error);
  }
}

/** Takes away what is there only while a team is up. */
function removeTraces({ state, agents, lock }: TeamPaths): void {
  for (const path of [state, agents, lock]) rmSync(path, { force: true });
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There is something in it now.
  }
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
