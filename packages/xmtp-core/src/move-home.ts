import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { wallClock } from '@xmtp-messaging/errors';
import { checkFile } from '@xmtp-messaging/errors/files';
import { fromFileError, mailboxError } from './errors.ts';
import { type HomeState, readHomeState, writeHomeState } from './home/home-state.ts';
import { lockHome } from './home/lock-home.ts';
import { homePaths } from './home/open-home.ts';

/** What to move, and where. */
export interface MoveHomeOptions {
  /** The home folder of an address. No mailbox may be open on it. */
  home: string;
  /** A folder that is not there yet; the one above it is. */
  to: string;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
}

/** Which home went where. */
export interface HomeMove {
  /** `false`: it had been moved there before. */
  moved: boolean;
  /** Lower case. */
  address: string;
  /** It stays the same; `null` for a home that was never registered. */
  installationId: string | null;
  /** The folder that goes on. */
  to: string;
}

/** What belongs to a process and not to the home. */
const left = new Set(['lock', 'server.json']);

/**
 * Moves a home to another folder, which may then be carried to another machine: the same installation, with all that waits in either
 * direction. What is left behind is ended, `MOVED`, before the moved one can be found, so that never both can be opened. Killed at any moment, it
 * has happened or can be asked for again.
 * @throws MailboxError INVALID_REQUEST: no home there, or no place; LOCKED_BY_OTHER; STALE_COPY, MOVED: it had ended before; the codes of files and disks
 */
export async function moveHome(options: MoveHomeOptions): Promise<HomeMove> {
  const { now = wallClock } = options;
  const paths = homePaths(options.home);
  const to = resolve(options.to);
  const partial = `${to}.partial`;
  if (isWithin(paths.root, to) || isWithin(to, paths.root)) {
    throw mailboxError('INVALID_REQUEST', { detail: `${to}: a home cannot be moved into itself.` });
  }
  const read = () => readHomeState(paths.state);
  const before = read();
  if (before === null) throw mailboxError('INVALID_REQUEST', { detail: `${paths.root}: no home that was used.` });
  const { address, installationId } = before;
  const done = (moved: boolean): HomeMove => ({ moved, address, installationId, to });
  try {
    const unlock = lockHome(paths.lock);
    try {
      const state = read() ?? before;
      const target = (await isThere(to)) ? readHomeState(join(to, 'state.json')) : null;
      if (state.ended?.code === 'MOVED') {
        if (isSame(target, state)) return done(false);
        // The move was cut off between its last two steps.
        if (!isSame(readHomeState(join(partial, 'state.json')), state) || (await isThere(to)))
          throw mailboxError('MOVED');
        await putInPlace(partial, to);
        return done(true);
      }
      if (state.ended !== undefined) throw mailboxError(state.ended.code);
      if (await isThere(to)) throw mailboxError('INVALID_REQUEST', { detail: `${to}: there is something already.` });
      await rm(partial, { recursive: true, force: true });
      await copyFolder(paths.root, partial);
      await writeHomeState(paths.state, { ...state, version: 2, ended: { code: 'MOVED', at: now() } });
      await putInPlace(partial, to);
      return done(true);
    } finally {
      unlock();
    }
  } catch (error) {
    throw fromFileError(to, error);
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const name of await readdir(from)) {
    if (left.has(name)) continue;
    const [source, copy] = [join(from, name), join(to, name)];
    if ((await lstat(source)).isDirectory()) {
      await copyFolder(source, copy);
      continue;
    }
    checkFile(source, { others: 'mend' });
    await copyFile(source, copy);
    await toDisk(copy);
    if ((await digestOf(source)) !== (await digestOf(copy))) {
      throw mailboxError('DISK_FAILED', { detail: `${copy}: not what was copied.` });
    }
  }
  await toDisk(to);
}

async function putInPlace(partial: string, to: string): Promise<void> {
  await rename(partial, to);
  await toDisk(dirname(to));
}

async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const isSame = (one: HomeState | null, other: HomeState): boolean =>
  one?.address === other.address && one.installationId === other.installationId && one.ended === undefined;

const isThere = async (path: string): Promise<boolean> =>
  await lstat(path).then(
    () => true,
    () => false,
  );

const isWithin = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !way.startsWith('/'));
};
