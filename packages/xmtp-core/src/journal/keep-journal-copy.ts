import { statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { backup, DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { createElapsedClock } from '@xmtp-messaging/errors';
import { writeDurably } from '@xmtp-messaging/errors/files';
import { fromFileError, type MailboxError } from '../errors.ts';
import { pause } from '../util/pause.ts';
import { checkedBytes } from './open-database.ts';
import type { Journal } from './open-journal.ts';

/** Where copies of a journal are, the newest first. */
export const copiesOf = (path: string): readonly [newest: string, older: string] => [
  `${path}.copy`,
  `${path}.copy.older`,
];

/** When a copy was made, milliseconds since the epoch. In the copy: a file's own times change when a home is moved. */
export const copiedAtKey = 'copied-at';

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;

/**
 * Copies the journal when it is opened and once a day, two generations deep: the newer one may be of a journal whose
 * damage nobody has met yet. One that is too large to be looked through at a start is not copied, because nobody could
 * say that the copy is sound.
 */
export function keepJournalCopy(options: {
  path: string;
  journal: Journal;
  now: () => number;
  onFailure: (error: MailboxError) => void;
}): { stop(): Promise<void> } {
  const { path, journal, now, onFailure } = options;
  const elapsed = createElapsedClock(now);
  let copiedAt = Number.NEGATIVE_INFINITY;

  const look = async () => {
    if (elapsed() - copiedAt < dayMs) return;
    try {
      if (statSync(path).size > checkedBytes) return;
      journal.setMeta(copiedAtKey, String(now()));
      journal.flush();
      await copyJournal(path);
      copiedAt = elapsed();
    } catch (error) {
      onFailure(fromFileError(path, error));
    }
  };
  // A start is not held up by its copy, and one that comes back again and again does not wear out the disk.
  const last = Number(journal.getMeta(copiedAtKey) ?? Number.NaN);
  const sinceMs = now() - last;
  if (sinceMs >= 0 && sinceMs < dayMs && isThere(path)) copiedAt = elapsed() - sinceMs;
  const closing = new AbortController();
  const keep = async () => {
    for (;;) {
      await look();
      await pause(hourMs, closing.signal);
      if (closing.signal.aborted) return;
    }
  };
  const keeping = keep();
  return {
    async stop() {
      closing.abort();
      await keeping;
    },
  };
}

async function copyJournal(path: string): Promise<void> {
  const [newest, older] = copiesOf(path);
  await writeDurably(
    newest,
    async (draft) => {
      await copyJournalTo(path, draft);
      if (isThere(path)) await rename(newest, older);
    },
    { locked: true },
  );
}

/**
 * Through a connection of its own, in one step that does not run on this thread: one moment of the journal, whole, as one file. The
 * journal may be open elsewhere.
 */
export async function copyJournalTo(path: string, copy: string): Promise<void> {
  const source = new DatabaseSync(path, { readOnly: true });
  try {
    await backup(source, copy, { rate: 2 ** 31 - 1 });
    makeOneFile(copy);
  } finally {
    source.close();
  }
}

/** Without a log of its own, a copy can be read and moved by itself. */
function makeOneFile(path: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma journal_mode = delete');
  } finally {
    database.close();
  }
}

function isThere(path: string): boolean {
  return statSync(copiesOf(path)[0], { throwIfNoEntry: false }) !== undefined;
}
