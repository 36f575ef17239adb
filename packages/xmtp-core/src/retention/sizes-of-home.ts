import { statSync } from 'node:fs';
import { homePaths } from '../home/open-home.ts';
import type { StorageStatus } from '../health/status-types.ts';

/** What the files of a home take on the disk. @param home The folder. */
export function sizesOfHome(home: string): StorageStatus {
  const { database, journal } = homePaths(home);
  const bytesOf = (path: string) =>
    [path, `${path}-wal`].reduce((sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0), 0);
  return { databaseBytes: bytesOf(database), journalBytes: bytesOf(journal) };
}
