import { statfsSync } from 'node:fs';

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
