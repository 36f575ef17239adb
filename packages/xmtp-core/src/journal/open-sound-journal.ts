import { renameSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { writeDurably } from '@xmtp-messaging/errors/files';
import { fromFileError, MailboxError } from '../errors.ts';
import { checkDatabaseFile } from '../home/open-home.ts';
import { copiedAtKey, copiesOf } from './keep-journal-copy.ts';
import { refuseDamage } from './open-database.ts';
import { type Journal, openJournal, type OpenJournalOptions } from './open-journal.ts';
import { readSchema } from './read-schema.ts';

const restoredKey = 'restored-at';
/** More than a journal accepts between two copies: positions that readers have seen are never given to other messages. */
const skippedPositions = 1_000_000_000;
/** For a journal that goes back: see above. */
export const skipPositions = `
  update sqlite_sequence set seq = seq + ${skippedPositions} where name = 'inbound';
  insert into sqlite_sequence (name, seq) select 'inbound', ${skippedPositions}
    where not exists (select 1 from sqlite_sequence where name = 'inbound')`;

/** That a journal was restored, and from when. Milliseconds since the epoch. */
export interface Restoration {
  at: number;
  /** `null` when the copy does not say. */
  copiedAt: number | null;
}

export function readRestoration(journal: Pick<Journal, 'getMeta'>): Restoration | null {
  const [at, copiedAt] = (journal.getMeta(restoredKey) ?? '').split('/', 2).map(Number);
  if (at === undefined || at === 0) return null;
  return { at, copiedAt: copiedAt === undefined || Number.isNaN(copiedAt) ? null : copiedAt };
}

/**
 * Opens the journal, and one that is damaged from its newest sound copy. The damaged one is kept as `journal.db.damaged`.
 * @throws MailboxError JOURNAL_DAMAGED when there is no sound copy, and what `openDatabase` throws
 */
export async function openSoundJournal(
  options: OpenJournalOptions & { now: () => number; onRestored: (details: { copiedAt: number | null }) => void },
): Promise<Journal> {
  const { path, now } = options;
  try {
    return openJournal(options);
  } catch (error) {
    if (!(error instanceof MailboxError) || error.code !== 'JOURNAL_DAMAGED') throw error;
    const copy = copiesOf(path).find(isSound);
    if (copy === undefined) throw error;
    await putInPlace(path, copy, now()).catch((failure: unknown) => {
      throw fromFileError(path, failure);
    });
    const journal = openJournal(options);
    options.onRestored({ copiedAt: readRestoration(journal)?.copiedAt ?? null });
    return journal;
  }
}

/** A crash in between leaves no journal, which is told as a loss; the copy stays. */
async function putInPlace(path: string, copy: string, now: number): Promise<void> {
  await writeDurably(
    path,
    async (draft) => {
      await copyFile(copy, draft);
      noteRestoration(draft, now);
      // The journal first: SQLite drops a log without its database, and would play it into any other.
      for (const part of ['', '-wal', '-shm']) moveAside(`${path}${part}`, `${path}.damaged${part}`);
    },
    { locked: true },
  );
}

/** Before it takes its name, so that no crash can hide what happened. */
function noteRestoration(draft: string, now: number): void {
  const database = new DatabaseSync(draft);
  try {
    database.exec('begin immediate');
    const copiedAt = database.prepare('select value from meta where key = ?').get(copiedAtKey)?.['value'];
    database
      .prepare('insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value')
      .run(restoredKey, `${now}/${Number(copiedAt ?? Number.NaN)}`);
    database.exec(`${skipPositions}; commit`);
  } finally {
    database.close();
  }
}

function moveAside(from: string, to: string): void {
  rmSync(to, { force: true });
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}

/** Looks at a copy without changing it. */
function isSound(copy: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    if (checkDatabaseFile(copy) === 0) return false;
    database = new DatabaseSync(copy, { readOnly: true });
    if (readSchema(database).is !== 'version') return false;
    refuseDamage(copy, database);
    return true;
  } catch {
    return false;
  } finally {
    database?.close();
  }
}
