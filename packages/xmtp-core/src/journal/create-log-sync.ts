import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a disk is asked for; a parameter so that a test can have one that fails. */
export interface Disk {
  syncNow(descriptor: number): void;
  sync(descriptor: number): Promise<void>;
}

/**
 * Brings committed changes to the disk. SQLite itself would wait for it within the commit, on the thread that everything
 * else runs on, and with `fsync`, which waits for the file's times as well.
 */
export interface LogSync {
  /** Something was committed that is not on disk. */
  committed(): void;
  /** Returns when all of it is. @throws what the disk says */
  now(): void;
  /** Resolves when everything committed so far is; whoever asks meanwhile shares the next wait. */
  soon(): Promise<void>;
  close(): void;
}

/**
 * @param options.path Of SQLite's log, which there is from the first commit on; `null` for a database without a file.
 * @param options.checkpoint Writes the log into the database, and waits for the disk.
 */
export function createLogSync(options: {
  path: string | null;
  checkpoint: () => void;
  onFailure: (error: unknown) => void;
  disk?: Disk | undefined;
}): LogSync {
  const { path, checkpoint, onFailure, disk = theDisk } = options;
  let descriptor: number | undefined;
  /** Commits that were made, and those that are on disk. */
  let made = 0;
  let safe = 0;
  /** After a failure the system takes what it could not write for written, so only writing it again helps. */
  let isDoubtful = false;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const open = (): number => {
    if (descriptor !== undefined) return descriptor;
    descriptor = openSync(path!, 'r+');
    syncFolderOf(path!);
    return descriptor;
  };
  const failed = (error: unknown) => {
    isDoubtful = true;
    onFailure(error);
    return error;
  };

  const now = () => {
    if (safe === made) return;
    try {
      if (isDoubtful) checkpoint();
      disk.syncNow(open());
      safe = made;
      isDoubtful = false;
    } catch (error) {
      throw failed(error);
    }
  };
  const begin = async () => {
    if (isDoubtful) now();
    if (safe === made) return;
    const upTo = made;
    try {
      await disk.sync(open());
      safe = Math.max(safe, upTo);
    } catch (error) {
      throw failed(error);
    }
  };
  const afterRunning = async () => {
    await running.catch(() => undefined);
    next = undefined;
    running = begin();
    await running;
  };

  return {
    committed() {
      if (path !== null) made += 1;
    },
    now,
    soon() {
      next ??= afterRunning();
      return next;
    },
    close() {
      safe = made;
      const open_ = descriptor;
      descriptor = undefined;
      // Another file may get its number, so not while it is in use.
      if (open_ !== undefined) void running.catch(() => undefined).then(() => closeSync(open_));
    },
  };
}

const theDisk: Disk = {
  syncNow: fdatasyncSync,
  sync: (descriptor) =>
    new Promise((resolve, reject) => {
      fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
    }),
};

/** So that the log is found again. Windows cannot, and need not. */
function syncFolderOf(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(dirname(path), 'r');
    fsyncSync(folder);
  } catch {
    // As SQLite has it.
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
