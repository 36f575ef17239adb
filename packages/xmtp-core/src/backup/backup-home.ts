import { createWriteStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { isBaseError, wallClock } from '@xmtp-messaging/errors';
import { checkFile, writeDurably } from '@xmtp-messaging/errors/files';
import { fromFileError, mailboxError } from '../errors.ts';
import { readHomeState } from '../home/home-state.ts';
import { loadEncryptionKey } from '../home/load-encryption-key.ts';
import { lockHome } from '../home/lock-home.ts';
import { homePaths } from '../home/open-home.ts';
import { probeFolder } from '../home/probe-folder.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import { openOffline } from '../sdk/open-offline.ts';
import type { HomeBackup } from './backup-types.ts';
import { gatherFiles, requireUsed } from './gather-files.ts';
import { type BackupSeal, createSeal } from './create-seal.ts';
import { streamBackup } from './stream-backup.ts';

/** What to back up, and where to. */
export interface BackupHomeOptions {
  /** The home folder of an address. No mailbox may be open on it: an open one has `backup` itself. */
  home: string;
  /** A file that is not there yet, in a folder that is. */
  to: string;
  /** Who can open it. */
  seal: BackupSeal;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
}

/**
 * Writes all that a mailbox needs to go on elsewhere as a further installation into one sealed file: lists, keys and tokens, the journal
 * and an archive of the messages. Neither the network nor the wallet is asked. The file is there whole, 0600, or not at all.
 * @throws MailboxError INVALID_REQUEST: no home that was used, a file in the way, a seal that cannot be used; LOCKED_BY_OTHER; STALE_COPY,
 * MOVED; WRONG_KEY and its like; the codes of files and disks
 */
export async function backupHome(options: BackupHomeOptions): Promise<HomeBackup> {
  const { now = wallClock } = options;
  const seal = await createSeal(options.seal);
  const paths = homePaths(options.home);
  const to = resolve(options.to);
  const state = requireUsed(paths.root, readHomeState(paths.state));
  if (checkFile(to, { others: 'write' }) !== null) throw inTheWay(to);
  const unlock = lockHome(paths.lock);
  try {
    const encryptionKey = await loadEncryptionKey(paths.key, { hasDatabase: true });
    const { address, inboxId } = state;
    // Nobody listens there: what is made of the database needs nobody.
    const client = await openOffline('http://127.0.0.1:1', {
      address,
      inboxId,
      databasePath: paths.database,
      encryptionKey,
    });
    try {
      const gathered = await gatherFiles({ paths, state, archives: client.archives, flush: () => undefined, now });
      const { stream, ...summary } = await streamBackup(gathered, seal);
      await writeBackup(to, stream);
      return summary;
    } finally {
      client.release();
    }
  } catch (error) {
    const known = isBaseError(error) ? error : fromSdkError(error);
    // SQLCipher says that the key is wrong when the disk has no room for its files beside.
    throw known.code === 'WRONG_KEY' ? (probeFolder(paths.database) ?? known) : known;
  } finally {
    unlock();
  }
}

/** Writes a stream into a file that is not there yet: 0600, whole or not at all. @throws MailboxError INVALID_REQUEST, the codes of files */
export async function writeBackup(to: string, stream: ReadableStream<Uint8Array>): Promise<void> {
  let written: boolean;
  try {
    const fill = (draft: string) =>
      pipeline(Readable.fromWeb(stream as NodeReadableStream), createWriteStream(draft, { flush: true }));
    written = await writeDurably(to, fill, { replace: false });
  } catch (error) {
    throw fromFileError(dirname(to), error);
  } finally {
    await stream.cancel().catch(() => undefined);
  }
  if (!written) throw inTheWay(to);
}

const inTheWay = (to: string) => mailboxError('INVALID_REQUEST', { detail: `${to}: there is something already.` });
