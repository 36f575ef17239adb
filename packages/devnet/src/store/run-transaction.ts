import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` so that either all of its writes survive or none. */
export function runTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    // SQLite itself takes everything back when, for example, the disk is full.
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}
