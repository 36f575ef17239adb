import { chmodSync } from 'node:fs';
import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { MailboxError, mailboxError } from '../errors.ts';
import { checkDatabaseFile } from '../home/open-home.ts';
import { migrate } from './migrate.ts';
import { readSchema } from './read-schema.ts';
import { fromSqliteError } from './sqlite-error.ts';

/**
 * Up to this size a journal is looked through at each start (about 0.3 s at the limit); beyond it, damage is met when its
 * pages are read.
 */
export const checkedBytes = 128 * 1024 * 1024;

/** Up to this size a journal is written anew at a start, when that makes it able to shrink: a fraction of a second. */
const rewrittenBytes = 32 * 1024 * 1024;
/** What SQLite's log keeps of its size after a checkpoint. */
const keptLogBytes = 4 * 1024 * 1024;

/** SQLite's name for a database without a file. */
export const inMemory = ':memory:';

/**
 * Opens the journal, makes it or brings it to the version of today. One that is damaged, altered, or of a later version is
 * refused and left as it is.
 * @throws MailboxError JOURNAL_DAMAGED, JOURNAL_ALTERED, HOME_NEWER, FILE_UNSAFE, DISK_FULL and their like
 */
export function openDatabase(path: string): DatabaseSync {
  const isFile = path !== inMemory;
  const bytes = isFile ? checkDatabaseFile(path) : 0;
  let database: DatabaseSync | undefined;
  try {
    const version = bytes === 0 ? 0 : lookThrough(path, bytes);
    database = new DatabaseSync(path, { timeout: 5_000 });
    if (isFile) chmodSync(path, 0o600);
    if (version === 0) database.exec('pragma auto_vacuum = incremental');
    // Waiting for the disk is ours: create-log-sync. A log that has grown once does not stay so.
    database.exec(
      `pragma journal_mode = wal; pragma synchronous = normal; pragma journal_size_limit = ${keptLogBytes}`,
    );
    migrate(database, version);
    letShrink(database);
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof MailboxError) throw cause;
    throw fromSqliteError(path, cause, { code: 'JOURNAL_DAMAGED', detail: path });
  }
}

/**
 * A journal of before it could give pages back learns it, once: its file is written anew. One that holds much is left as it is; what is
 * taken out of it makes room for what comes, and at a later start it may hold less.
 */
function letShrink(database: DatabaseSync): void {
  const found = database
    .prepare(
      `select auto_vacuum as mode, (page_count - freelist_count) * page_size as used
       from pragma_auto_vacuum, pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    .get();
  if (Number(found?.['mode']) !== 0 || Number(found?.['used']) > rewrittenBytes) return;
  try {
    database.exec('pragma auto_vacuum = incremental; vacuum');
  } catch {
    // It needs room for a second file; without, everything is as it was.
  }
}

/** Only reading: a connection that may write copies the log into a damaged file when it is closed. */
function lookThrough(path: string, bytes: number): number {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const found = readSchema(database);
    if (found.is === 'newer') throw mailboxError('HOME_NEWER', { detail: `${path}: version ${found.version}` });
    if (found.is === 'altered') throw mailboxError('JOURNAL_ALTERED', { detail: `${path}: ${found.what}` });
    if (bytes <= checkedBytes) refuseDamage(path, database);
    return found.is === 'version' ? found.version : 0;
  } finally {
    database.close();
  }
}

/** Whether the journal there could be opened. Nothing of it is changed. @throws what `openDatabase` throws */
export function checkJournal(path: string): void {
  try {
    lookThrough(path, checkDatabaseFile(path));
  } catch (cause) {
    if (cause instanceof MailboxError) throw cause;
    throw fromSqliteError(path, cause, { code: 'JOURNAL_DAMAGED', detail: path });
  }
}

/** @throws MailboxError JOURNAL_DAMAGED */
export function refuseDamage(path: string, database: DatabaseSync): void {
  const said = String(database.prepare('pragma quick_check(1)').get()?.['quick_check']);
  if (said !== 'ok') throw mailboxError('JOURNAL_DAMAGED', { detail: `${path}: ${said.slice(0, 200)}` });
}
