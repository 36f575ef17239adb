import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { tables } from './schema.ts';

// A state file is the database of a data folder, whole and at rest, with a hash of its rows: SQLite finds pages that are
// damaged, not values.

/** What a state file holds: the tables, and what ids have been given. */
export const stateTables = [...tables, 'sqlite_sequence'] as const;

/** The setting that holds the hash; it is in files only. */
export const digestName = 'digest';

type Row = Record<string, bigint | string | Uint8Array | null>;

/** In the order of their keys. */
export function rowsOf(database: DatabaseSync, table: string): Iterable<Row> {
  const all = database.prepare(`select * from ${table} order by ${table === 'sqlite_sequence' ? 'name' : '1'}`);
  all.setReadBigInts(true);
  return all.iterate() as Iterable<Row>;
}

/** SHA-256 over every row, in hex. */
export function digestRows(database: DatabaseSync): string {
  const hash = createHash('sha256');
  for (const table of stateTables) {
    hash.update(`\n${table}`);
    for (const row of rowsOf(database, table)) {
      if (table === 'setting' && row['name'] === digestName) continue;
      for (const [name, value] of Object.entries(row)) {
        const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
        hash.update(`\n${name} ${value === null ? 'null' : typeof value} ${bytes.length} `).update(bytes);
      }
    }
  }
  return hash.digest('hex');
}
