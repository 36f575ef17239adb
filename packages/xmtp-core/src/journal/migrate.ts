import type { DatabaseSync } from 'node:sqlite';
import { schemaSteps } from './schema.ts';

/** Brings a journal to the version of today, in one transaction. */
export function migrate(database: DatabaseSync, from: number): void {
  database.exec('begin immediate');
  try {
    for (const step of schemaSteps.slice(from)) database.exec(step);
    database.exec(`pragma user_version = ${schemaSteps.length}`);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}
