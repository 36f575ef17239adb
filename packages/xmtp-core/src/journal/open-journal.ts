import type { SQLInputValue, StatementResultingChanges, StatementSync } from 'node:sqlite';
import { mailboxError } from '../errors.ts';
import { createLogSync, type Disk } from './create-log-sync.ts';
import { guardStatement, type Statement } from './guard-statement.ts';
import { inMemory, openDatabase } from './open-database.ts';

/**
 * `journal.db`: ids, senders, verdicts, delivery states, keys; never the text of a message.
 * Writes gather in one transaction that is committed within `commitAfterMs`, or at once by `commit` or `flush`:
 * one wait for the disk serves many messages. A crash in between costs repeats, never losses, as long
 * as whoever must not be repeated commits first, or flushes what must outlive a power cut as well.
 */
export interface Journal {
  /** What it gives throws MailboxError CLOSED after `close`, as `write` does. */
  prepare(sql: string): Statement;
  /** Runs `change` in the open transaction; all of it or nothing. */
  write<T>(change: () => T): T;
  /** Runs one statement in the open transaction. SQLite takes it back by itself when it fails, so it needs no savepoint of ours. */
  run(statement: Statement, ...values: readonly SQLInputValue[]): StatementResultingChanges;
  /** What was written so far outlives this process; it is on disk a moment later. */
  commit(): void;
  /** Returns when everything written so far is on disk. */
  flush(): void;
  /** Resolves when everything written so far is on disk; whoever asks in the same moment shares one wait. */
  flushSoon(): Promise<void>;
  /** Calls back after a commit failed: what was written since the last one is gone, and may be written again. */
  onLost(listener: () => void): void;
  /** Calls back before the last flush; what it writes is part of it. */
  onClosing(listener: () => void): void;
  getMeta(key: string): string | null;
  setMeta(key: string, value: string): void;
  /** Pages of the file, and those of them that hold nothing. */
  pages(): JournalPages;
  /** Gives at most so many free pages back to the file system. Returns what there is then. */
  vacuum(pages: number): JournalPages;
  close(): void;
}

/** `bytes`: of one page. */
export interface JournalPages {
  all: number;
  free: number;
  bytes: number;
}

export interface OpenJournalOptions {
  path: string;
  /** Told when a commit failed, or the disk did. */
  onCommitFailure: (error: unknown) => void;
  onCommitted?: (() => void) | undefined;
  /** Throws when nothing may be written: asked before a transaction begins, and before it is committed. @default never */
  check?: (() => void) | undefined;
  /** @default 50 */
  commitAfterMs?: number | undefined;
  /** @default that of the system */
  disk?: Disk | undefined;
}

export function openJournal(options: OpenJournalOptions): Journal {
  const { path, onCommitFailure, onCommitted, check, commitAfterMs = 50, disk } = options;
  const database = openDatabase(path);
  const log = createLogSync({
    path: path === inMemory ? null : `${path}-wal`,
    checkpoint: () => database.exec('pragma wal_checkpoint(full)'),
    onFailure: onCommitFailure,
    disk,
  });
  const lost: (() => void)[] = [];
  const closing: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** Of those who wait for the next commit. */
  let next: PromiseWithResolvers<void> | undefined;

  const begin = () => {
    if (!database.isOpen) throw mailboxError('CLOSED');
    if (database.isTransaction) return;
    try {
      check?.();
      database.exec('begin immediate');
    } catch (error) {
      onCommitFailure(error);
      throw error;
    }
    timer ??= setTimeout(onTime, commitAfterMs);
  };
  const commit = () => {
    if (!database.isOpen || !database.isTransaction) return;
    try {
      check?.();
      database.exec('commit');
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      next?.reject(error);
      next = undefined;
      for (const listener of lost) listener();
      onCommitFailure(error);
      throw error;
    }
    log.committed();
    onCommitted?.();
    next?.resolve(log.soon());
    next = undefined;
  };
  const flush = () => {
    commit();
    log.now();
  };
  const commitLater = () => {
    try {
      commit();
    } catch {
      // Told above.
    }
  };
  const onTime = () => {
    timer = undefined;
    commitLater();
    log.soon().catch(() => undefined);
  };
  const guarded = (statement: StatementSync) => guardStatement(database, statement);
  const getMeta = guarded(database.prepare('select value from meta where key = ?'));
  const setMeta = guarded(
    database.prepare(
      'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
    ),
  );

  const pageCount = guarded(
    database.prepare(
      'select page_count as pages, freelist_count as free, page_size as bytes from pragma_page_count, pragma_freelist_count, pragma_page_size',
    ),
  );
  const pages = (): JournalPages => {
    const { pages: all, free, bytes } = pageCount.get() ?? {};
    return { all: Number(all), free: Number(free), bytes: Number(bytes) };
  };

  const journal: Journal = {
    prepare: (sql) => guarded(database.prepare(sql)),
    write(change) {
      begin();
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
    run(statement, ...values) {
      begin();
      return statement.run(...values);
    },
    commit,
    flush,
    flushSoon() {
      if (!database.isTransaction) return log.soon();
      if (next === undefined) {
        next = Promise.withResolvers();
        setImmediate(commitLater);
      }
      return next.promise;
    },
    onLost(listener) {
      lost.push(listener);
    },
    onClosing(listener) {
      closing.push(listener);
    },
    getMeta: (key) => (getMeta.get(key)?.['value'] as string | undefined) ?? null,
    setMeta: (key, value) => {
      journal.run(setMeta, key, value);
    },
    pages,
    vacuum(count) {
      // Not part of what others are writing: it would make them wait for it.
      commit();
      database.exec(`pragma incremental_vacuum(${count})`);
      log.committed();
      return pages();
    },
    close() {
      if (!database.isOpen) return;
      clearTimeout(timer);
      try {
        for (const listener of closing) listener();
        flush();
      } catch {
        // Told above.
      }
      log.close();
      database.close();
    },
  };
  return journal;
}
