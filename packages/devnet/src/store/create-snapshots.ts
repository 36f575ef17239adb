import type { DatabaseSync } from 'node:sqlite';
import { DevnetError, invalidOption } from '../errors.ts';
import type { AllocateId } from './create-id-allocator.ts';
import { runTransaction } from './run-transaction.ts';
import { tables } from './schema.ts';

/** What the network held at some moments, to go back to. They end with the process. */
export interface Snapshots {
  /** Returns what to go back with. @throws DevnetError INVALID_OPTION when there are too many */
  readonly take: () => string;
  /** Goes back, and forgets this snapshot and those after it, as `evm_revert` does. @throws DevnetError UNKNOWN_SNAPSHOT */
  readonly revert: (id: string) => void;
}

/** Each is a copy of everything, in a file of SQLite's that nobody else sees. */
const maxSnapshots = 1_000;

export function createSnapshots(database: DatabaseSync, allocateId: AllocateId): Snapshots {
  const kept = new Set<number>();
  let last = 0;
  const nameOf = (id: number, table: string) => `temp.snapshot_${id}_${table}`;
  return {
    take() {
      if (kept.size >= maxSnapshots) {
        throw invalidOption({ what: 'snapshot', reason: `There are ${maxSnapshots} already. Revert to one of them.` });
      }
      const id = last + 1;
      runTransaction(database, () => {
        for (const table of tables) database.exec(`create table ${nameOf(id, table)} as select * from main.${table}`);
      });
      last = id;
      kept.add(id);
      return String(id);
    },
    revert(wanted) {
      const id = [...kept].find((known) => String(known) === wanted);
      if (id === undefined) throw new DevnetError({ code: 'UNKNOWN_SNAPSHOT' });
      runTransaction(database, () => {
        for (const table of tables) {
          database.exec(`delete from main.${table}; insert into main.${table} select * from ${nameOf(id, table)};`);
        }
        allocateId.keep();
      });
      for (const later of kept) {
        if (later < id) continue;
        for (const table of tables) database.exec(`drop table ${nameOf(later, table)}`);
        kept.delete(later);
      }
    },
  };
}
