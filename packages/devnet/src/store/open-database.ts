import { mkdirSync } from 'node:fs';
import { DevnetError } from '../errors.ts';
import { join } from 'node:path';
import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { additions, applicationId, formatVersion, indexes, schema } from './schema.ts';

/**
 * Opens everything the network knows: one SQLite file below `dataDir`, or memory when there is none.
 * With WAL and synchronous=normal a committed transaction survives the death of the process; only a power
 * failure can take it back, which a development network accepts for a tenfold faster commit.
 */
export function openDatabase(dataDir: string | undefined): DatabaseSync {
  if (dataDir === undefined) return prepare(new DatabaseSync(':memory:'));
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return prepare(new DatabaseSync(join(dataDir, 'devnet.db')));
  } catch (cause) {
    if (cause instanceof DevnetError) throw cause;
    const shortMessage = `The devnet cannot open its data in ${dataDir}.`;
    throw new DevnetError({ code: 'CANNOT_OPEN_DATA', shortMessage, cause });
  }
}

function prepare(database: DatabaseSync): DatabaseSync {
  // Exclusive: a second devnet on the same file would hand out the same ids.
  database.exec('pragma locking_mode=exclusive; pragma journal_mode=wal; pragma synchronous=normal;');
  const { user_version: version } = database.prepare('pragma user_version').get() as { user_version: number };
  if (version > formatVersion) {
    database.close();
    const shortMessage = `The data is of format ${version}; this devnet knows formats up to ${formatVersion}.`;
    throw new DevnetError({ code: 'CANNOT_OPEN_DATA', shortMessage, metaMessages: ['Use the devnet that wrote it.'] });
  }
  database.exec(`begin immediate; ${schema}`);
  for (const { table, column, definition, fill = '' } of additions) {
    const known = database.prepare(`select 1 from pragma_table_info(?) where name = ?`).get(table, column);
    if (known === undefined) database.exec(`alter table ${table} add column ${column} ${definition}; ${fill}`);
  }
  database.exec(`${indexes} pragma application_id = ${applicationId}; pragma user_version = ${formatVersion}; commit;`);
  return database;
}
