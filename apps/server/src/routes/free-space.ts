import { statfsSync } from 'node:fs';
import { createElapsedClock } from '@xmtp-messaging/errors';

/** Bytes of the disk that holds a folder. */
export interface DiskSpace {
  /** What this user may still write. */
  free: number;
  total: number;
}

/** `null` when the system does not say. */
export function freeSpace(folder: string): DiskSpace | null {
  try {
    const { bsize, bavail, blocks } = statfsSync(folder);
    return blocks === 0 ? null : { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null;
  }
}

const keepMs = 5000;

/** `freeSpace`, asked of the system at most every five seconds: probes read status without a limit. */
export function createDiskWatch(folder: () => string, now?: () => number): () => DiskSpace | null {
  const elapsed = createElapsedClock(now);
  let seen: { space: DiskSpace | null; at: number } | null = null;
  return () => {
    if (seen === null || elapsed() - seen.at >= keepMs) seen = { space: freeSpace(folder()), at: elapsed() };
    return seen.space;
  };
}
