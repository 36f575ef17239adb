import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { draftOf, draftsOf } from './drafts.ts';
import { errnoOf, fromSystemError } from './from-system-error.ts';
import type { PlaceWatch } from './watch-place.ts';

/** How a whole file is written. */
export interface WriteOptions {
  /** @default 0o600 */
  mode?: number | undefined;
  /** `false`: a file that is there already is left as it is. @default true */
  replace?: boolean | undefined;
  /** The caller holds a lock, so that drafts which a crash left behind can be removed. @default false */
  locked?: boolean | undefined;
  /** The folder that is meant: nothing is written once another has taken its place. @default whichever stands there */
  place?: Pick<PlaceWatch, 'look'> | undefined;
}

/**
 * Writes a whole file: whoever reads it, and a machine that loses power at any moment, finds the old content or the new,
 * never a part. Nothing in its place is followed or written through. The folder must be one that nobody else can write.
 * @param content Or what fills the draft, an empty file with the right mode whose path it gets.
 * @returns `false` when it was there and `replace` is `false`
 * @throws FileError PATH_MOVED, or what the operating system said
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array | ((draft: string) => Promise<unknown>),
  { mode = 0o600, replace = true, locked = false, place }: WriteOptions = {},
): Promise<boolean> {
  const displaced = place?.look() ?? null;
  if (displaced !== null) throw displaced;
  const draft = draftOf(path);
  try {
    if (locked) await removeDrafts(path);
    const file = await open(draft, 'wx', mode);
    await finish(file, () => (typeof content === 'function' ? content(draft) : file.writeFile(content)));
    if (replace) await rename(draft, path);
    else if (!(await linkNew(draft, path))) return false;
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    throw fromSystemError(path, error);
  } finally {
    // The failure above is the one to tell.
    await rm(draft, { force: true }).catch(() => {});
  }
}

/** `writeDurably` for code that cannot wait; replaces. */
export function writeDurablySync(path: string, content: Uint8Array): void {
  const draft = draftOf(path);
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
  } catch (error) {
    try {
      rmSync(draft, { force: true });
    } catch {
      // The failure above is the one to tell.
    }
    throw fromSystemError(path, error);
  }
}

async function removeDrafts(path: string): Promise<void> {
  for (const draft of draftsOf(path)) await rm(draft, { force: true });
}

async function linkNew(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A new name is durable only once its folder is. Windows cannot open folders, and needs no such step. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await finish(folder, () => Promise.resolve());
}

async function finish(file: FileHandle, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
    await file.sync();
  } finally {
    await file.close();
  }
}
