import { readFileSync } from 'node:fs';
import type { ProcessLimits } from './check-capacity.ts';

/** What Linux says of this process in /proc; nothing elsewhere. */
export function readProcessLimits(): ProcessLimits {
  // Soft and hard: Node raises the one to the other when it starts.
  return {
    files: find('/proc/self/limits', /^Max open files +\S+ +(\d+)/mu),
    maps: find('/proc/sys/vm/max_map_count', /^(\d+)/u),
  };
}

function find(path: string, pattern: RegExp): number | null {
  try {
    const found = pattern.exec(readFileSync(path, 'utf8'))?.[1];
    return found === undefined ? null : Number(found);
  } catch {
    return null;
  }
}
