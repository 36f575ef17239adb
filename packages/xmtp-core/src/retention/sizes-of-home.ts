import { statSync } from 'node:fs';
import type { HomePaths } from '../home/open-home.ts';
import type { StorageStatus } from '../health/status-types.ts';

/** What the files of a home take on the disk. */
export function sizesOfHome(paths: Pick<HomePaths, 'database' | 'journal'>): StorageStatus {
  const bytesOf = (path: string) =>
    [path, `${path}-wal`].reduce((sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0), 0);
  return { databaseBytes: bytesOf(paths.database), journalBytes: bytesOf(paths.journal) };
}
