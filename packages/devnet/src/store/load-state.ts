import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { cannotReadState, DevnetError } from '../errors.ts';
import { digestName, digestRows, rowsOf, stateTables } from './digest-rows.ts';
import { hasState } from './has-state.ts';
import { runTransaction } from './run-transaction.ts';
import { applicationId, formatVersion } from './schema.ts';

/** Fills an empty database with what a file holds. @throws DevnetError CANNOT_READ_STATE */
export function loadState(database: DatabaseSync, path: string): void {
  readState(path, () => {
    const from = openState(path);
    try {
      const digest = from.prepare('select value from setting where name = ?').get(digestName) as
        | { value: string }
        | undefined;
      if (digest?.value !== digestRows(from)) throw cannotReadState({ path, reason: 'It is damaged.' });
      runTransaction(database, () => {
        for (const table of stateTables) copyTable({ from, to: database, table });
        database.prepare('delete from setting where name = ?').run(digestName);
      });
    } finally {
      from.close();
    }
  });
}

/** Checks that what is there, if anything, is a state and may be replaced by another. @throws DevnetError CANNOT_READ_STATE */
export function checkReplaceable(path: string): void {
  if (hasState(path)) readState(path, () => openState(path).close());
}

/** Opens a state file to read. @throws DevnetError CANNOT_READ_STATE */
function openState(path: string): DatabaseSync {
  if (!hasState(path)) throw cannotReadState({ path, reason: 'There is none, or it is empty.' });
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec('pragma trusted_schema = off');
    const pragma = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
    if (pragma('application_id') !== applicationId)
      throw cannotReadState({ path, reason: 'A devnet did not write it.' });
    if (Number(pragma('user_version')) > formatVersion) {
      throw cannotReadState({ path, reason: 'A newer devnet wrote it. Use that one.' });
    }
    if (pragma('integrity_check') !== 'ok') throw cannotReadState({ path, reason: 'It is damaged.' });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function readState(path: string, read: () => void): void {
  try {
    read();
  } catch (cause) {
    if (cause instanceof DevnetError) throw cause;
    throw cannotReadState({ path, reason: 'It is damaged, or no state at all.', cause });
  }
}

function copyTable({ from, to, table }: { from: DatabaseSync; to: DatabaseSync; table: string }): void {
  const columns = (from.prepare(`pragma table_info(${table})`).all() as { name: string }[]).map(({ name }) => name);
  to.exec(`delete from ${table}`);
  const places = columns.map(() => '?').join(', ');
  const insert = to.prepare(
    `insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')}) values (${places})`,
  );
  for (const row of rowsOf(from, table)) insert.run(...Object.values(row));
}
