import type { StatementSync } from 'node:sqlite';
import { openDatabase } from './open-database.ts';

/**
 * `journal.db`: ids, senders, verdicts, delivery states, keys; never the text of a message.
 * Writes gather in one transaction that is committed within `commitAfterMs`, or at once by `flush`:
 * one wait for the disk serves many messages. A crash in between costs repeats, never losses, as long
 * as whoever must not be repeated flushes first.
 */
export interface Journal {
  prepare(sql: string): StatementSync;
  /** Runs `change` in the open transaction; all of it or nothing. */
  write<T>(change: () => T): T;
  /** Returns when everything written so far is on disk. */
  flush(): void;
  /** Resolves when everything written so far is on disk; whoever asks in the same moment shares one wait. */
  flushSoon(): Promise<void>;
  /** Calls back after a commit failed: what was written since the last one is gone, and may be written again. */
  onLost(listener: () => void): void;
  getMeta(key: string): string | null;
  setMeta(key: string, value: string): void;
  close(): void;
}

export interface OpenJournalOptions {
  path: string;
  /** Told when a commit failed. */
  onCommitFailure: (error: unknown) => void;
  onCommitted?: (() => void) | undefined;
  /** @default 50 */
  commitAfterMs?: number | undefined;
}

export function openJournal(options: OpenJournalOptions): Journal {
  const { path, onCommitFailure, onCommitted, commitAfterMs = 50 } = options;
  const database = openDatabase(path);
  const lost: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** Of those who wait for the next commit. */
  let next: PromiseWithResolvers<void> | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!database.isTransaction) return;
    try {
      database.exec('commit');
      onCommitted?.();
      next?.resolve();
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      next?.reject(error);
      for (const listener of lost) listener();
      onCommitFailure(error);
      throw error;
    } finally {
      next = undefined;
    }
  };
  const flushLater = () => {
    try {
      flush();
    } catch {
      // Told above.
    }
  };
  const getMeta = database.prepare('select value from meta where key = ?');
  const setMeta = database.prepare(
    'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );

  const journal: Journal = {
    prepare: (sql) => database.prepare(sql),
    write(change) {
      if (!database.isTransaction) {
        try {
          database.exec('begin immediate');
        } catch (error) {
          onCommitFailure(error);
          throw error;
        }
        timer = setTimeout(flushLater, commitAfterMs);
      }
      database.exec('savepoint change');
      try {
        const result = change();
        database.exec('release change');
        return result;
      } catch (error) {
        database.exec('rollback to change; release change');
        throw error;
      }
    },
    flush,
    flushSoon() {
      if (!database.isTransaction) return Promise.resolve();
      if (next === undefined) {
        next = Promise.withResolvers();
        setImmediate(flushLater);
      }
      return next.promise;
    },
    onLost(listener) {
      lost.push(listener);
    },
    getMeta: (key) => (getMeta.get(key)?.['value'] as string | undefined) ?? null,
    setMeta: (key, value) => {
      journal.write(() => setMeta.run(key, value));
    },
    close() {
      if (!database.isOpen) return;
      flushLater();
      database.close();
    },
  };
  return journal;
}
