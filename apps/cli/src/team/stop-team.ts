import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../errors.ts';
import { isUp, readRunState, removeLeftTraces, type RunState } from './run-state.ts';
import type { TeamPaths } from './team-folder.ts';

/** Longer than a team gives its servers. */
const limitMs = 30_000;

/**
 * Stops a team that is up, wherever it runs, and waits until it is gone.
 * @returns the names of its agents; `null` when it is not up
 * @throws CliError TEAM_STUCK
 */
export async function stopTeam(paths: TeamPaths): Promise<string[] | null> {
  const limit = AbortSignal.timeout(limitMs);
  let state: RunState | null = null;
  while (state === null) {
    if (!isUp(paths)) {
      // Left by a process that was killed. Its servers have seen that, and stop by themselves.
      removeLeftTraces(paths);
      return null;
    }
    // Whoever takes the lock writes its own id beside it at once, where only this user can write.
    state = readRunState(paths);
    if (state === null) await delay(20);
    if (limit.aborted)
      throw new CliError({ code: 'TEAM_STUCK', shortMessage: 'Nothing says which process is the team.' });
  }
  kill(state.pid, 'SIGTERM');
  // The lock is given back first, and the process ends a moment later.
  while (isUp(paths) || isAlive(state.pid)) {
    if (limit.aborted) {
      kill(state.pid, 'SIGKILL');
      throw new CliError({
        code: 'TEAM_STUCK',
        shortMessage: 'The team did not stop in time, and was killed. Its servers stop by themselves.',
      });
    }
    await delay(50);
  }
  // One that was still starting ends at once, and leaves them.
  removeLeftTraces(paths);
  return state.agents.map(({ name }) => name);
}

function isAlive(pid: number): boolean {
  return kill(pid, 0) && !isZombie(pid);
}

/** Dead, and not asked for by whoever should: some containers have nobody who does. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /u.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Whether there was such a process. */
function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
