import { readFileSync } from 'node:fs';

/** Whether a process runs. A killed one that nobody has collected yet counts as dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // No such file system here, or the process is gone by now: the next look will tell.
    return true;
  }
}
