import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { isBaseError, wallClock } from '@xmtp-messaging/errors';
import {
  checkFile,
  ensurePrivateFolder,
  errnoOf,
  readPrivateFileSync,
  writeDurably,
} from '@xmtp-messaging/errors/files';
import { fromFileError, mailboxError } from '../errors.ts';
import { networkName } from '../home/home-state.ts';
import { lockHome } from '../home/lock-home.ts';
import { type HomePaths, homePaths } from '../home/open-home.ts';
import { loadEncryptionKey } from '../home/load-encryption-key.ts';
import { checkJournal } from '../journal/open-database.ts';
import { openClient } from '../open-client.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import type { Address, MailboxOptions } from '../types.ts';
import { adoptJournal, type AdoptedJournal } from './adopt-journal.ts';
import { isLeft } from './gather-files.ts';
import { type BackupManifest, entries, parseManifest } from './parse-manifest.ts';
import { type BackupSecret, openSeal } from './create-seal.ts';

/** What to restore, and to where. */
export interface RestoreHomeOptions extends Pick<
  MailboxOptions,
  'signer' | 'network' | 'governor' | 'allowManyInstallations' | 'onEvent' | 'now'
> {
  /** The backup. */
  from: string;
  /** What opens it. */
  secret: BackupSecret;
  /** The home folder of the address, where nothing is yet. The one above it is made if need be. */
  home: string;
  /** Told what comes next. @default nobody */
  onStep?: ((step: 'unpack' | 'register' | 'import' | 'finish') => void) | undefined;
}

/** A home that was restored, and what of it waits. */
export interface RestoredHome extends AdoptedJournal {
  /** The folder. */
  home: string;
  /** Lower case. */
  address: string;
  /** The same as before, 64 hexadecimal digits. */
  inboxId: string;
  /** The new one. */
  installationId: string;
  /** That of the backup: still there, unless it was revoked. */
  formerInstallationId: string;
  /** Milliseconds since the epoch. */
  madeAt: number;
  /** Conversations that came with the archive. */
  conversations: number;
  /** Groups that can be read, and written to once another member has written there. */
  silentGroups: number;
}

/** Where files of a backup lie until they are used; begun with, so that no file of a home has such a name. */
const stagedPrefix = '.restoring.';
const staged = {
  manifest: `${stagedPrefix}json`,
  archive: `${stagedPrefix}archive`,
  journal: `${stagedPrefix}journal`,
} as const;

/**
 * Makes a home of a backup: a new installation of the same inbox, one of ten that the network allows, with the history, the lists, keys and
 * journal of the old one. What was pending or dead is so again; nothing that was acknowledged comes again; what was being sent is never sent
 * again. It is built beside `home` (`home.restoring`) and takes its place when it is whole. Killed at any moment, it can be asked for
 * again and registers no second time.
 * @throws MailboxError INVALID_REQUEST: there is a home already, or another restore was begun; BACKUP_UNREADABLE, HOME_NEWER; OTHER_INBOX,
 * OTHER_NETWORK; LOCKED_BY_OTHER: it is being restored; INSTALLATION_LIMIT, SIGNER_FAILED, NETWORK_UNREACHABLE and what else registering
 * throws; the codes of files and disks
 */
export async function restoreHome(options: RestoreHomeOptions): Promise<RestoredHome> {
  const { now = wallClock, onEvent = () => undefined, onStep = () => undefined, secret, network } = options;
  const home = resolve(options.home);
  const paths = homePaths(`${home}.restoring`);
  const address = (await options.signer.getIdentifier()).identifier.toLowerCase() as Address;
  try {
    await requireEmpty(home);
    ensurePrivateFolder(paths.root);
    const unlock = lockHome(paths.lock);
    try {
      onStep('unpack');
      const expected = { secret, paths, address, network: networkName(network) };
      const manifest = await unpack(options.from, expected).catch(async (error: unknown) => {
        await forget(paths);
        throw error;
      });
      onStep('register');
      const mailbox = { ...options, home: paths.root, admit: () => ({ admit: false, reason: 'restoring' }) as const };
      const opened = await openClient({ mailbox, address, paths, onEvent, now });
      const { client, encryptionKey } = opened;
      let restored: RestoredHome;
      try {
        if (client.inboxId !== manifest.inboxId) throw mailboxError('OTHER_INBOX');
        onStep('import');
        await client.archives.take(join(paths.root, staged.archive), encryptionKey);
        const journal = await adoptJournal({
          copy: join(paths.root, staged.journal),
          path: paths.journal,
          manifest,
          archives: client.archives,
          now,
        });
        await opened.noteJournal();
        const { known, silentGroups } = client.archives.conversations();
        const { inboxId, installationId } = client;
        const { madeAt, installationId: formerInstallationId } = manifest;
        const found = { home, address, inboxId, installationId, formerInstallationId, madeAt, ...journal };
        restored = { ...found, conversations: known, silentGroups };
      } finally {
        client.release();
      }
      onStep('finish');
      for (const name of await readdir(paths.root))
        if (name.startsWith(stagedPrefix)) await rm(join(paths.root, name), { force: true });
      await rename(paths.root, home);
      await toDisk(dirname(home));
      return restored;
    } finally {
      unlock();
    }
  } catch (error) {
    if (isBaseError(error)) throw error;
    throw errnoOf(error) === null ? fromSdkError(error) : fromFileError(home, error);
  }
}

/** Nothing in the folder is touched before the backup has shown whose it is, nor before it was read to its end without a fault. */
async function unpack(
  from: string,
  expected: { secret: BackupSecret; paths: HomePaths; address: string; network: string },
): Promise<BackupManifest> {
  const { unpackFiles } = await import('./pack-files.ts');
  const { paths, address, network } = expected;
  const at = (name: string) => join(paths.root, name);
  // Opened first: a file that is missing is no backup that cannot be read.
  const file = await open(from);
  try {
    const sealed = Readable.toWeb(file.createReadStream({ autoClose: false })) as ReadableStream<Uint8Array>;
    const manifest = await unpackFiles(await openSeal(sealed, expected.secret), {
      folder: paths.root,
      head: entries.manifest,
      async begin(text) {
        const found = parseManifest(text);
        if (found.address !== address) throw mailboxError('OTHER_INBOX', { detail: `It is of ${found.address}.` });
        if (found.network !== network) {
          throw mailboxError('OTHER_NETWORK', { detail: `It is of ${found.network}, not ${network}.` });
        }
        await refuseOther(at(staged.manifest), found.id);
        await writeDurably(at(staged.manifest), text, { locked: true });
        return { head: found, nameOf: nameInHome, required: [entries.archive, entries.journal, 'encryption.key'] };
      },
    });
    // An installation is registered only for what can be used: there are ten of them.
    checkJournal(at(staged.journal));
    await loadEncryptionKey(paths.key, { hasDatabase: true });
    await toDisk(paths.root);
    return manifest;
  } catch (error) {
    if (isBaseError(error)) throw error;
    // What age and tar say of a file that was cut off or changed.
    throw errnoOf(error) === null ? mailboxError('BACKUP_UNREADABLE', { cause: error }) : error;
  } finally {
    await file.close();
  }
}

/** What came of a backup that cannot be used is in nobody's way, unless an installation was registered there by an earlier attempt. */
async function forget({ root, database }: HomePaths): Promise<void> {
  if (checkFile(database, { others: 'write' }) === null) await rm(root, { recursive: true, force: true });
}

function nameInHome(entry: string): string | null {
  if (entry === entries.archive) return staged.archive;
  if (entry === entries.journal) return staged.journal;
  // Whatever a backup holds: these are made by the registration, and belong to it.
  return isLeft(entry.toLowerCase()) ? null : entry;
}

/** A folder in which another backup was begun may hold an installation that was registered for it. */
async function refuseOther(path: string, id: string): Promise<void> {
  const text = readPrivateFileSync(path)?.bytes.toString('utf8');
  if (text === undefined || text === '') return;
  if (parseManifest(text).id === id) return;
  throw mailboxError('INVALID_REQUEST', {
    detail: `${dirname(path)}: another backup was begun there. Go on with that one, or remove the folder.`,
  });
}

async function requireEmpty(home: string): Promise<void> {
  const names = await readdir(home).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  });
  if (names.length > 0) {
    throw mailboxError('INVALID_REQUEST', { detail: `${home}: there is a home already. Move it away first.` });
  }
}

async function toDisk(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
