import { isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import { readHomeState } from '../home/home-state.ts';
import type { HomePaths } from '../home/open-home.ts';
import type { HomePlace } from '../home/watch-home.ts';
import type { Journal } from '../journal/open-journal.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { MailboxEvent } from '../types.ts';
import type { OpenBackup } from './backup-types.ts';
import { gatherFiles, requireUsed } from './gather-files.ts';
import { type BackupSeal, createSeal } from './create-seal.ts';
import { streamBackup } from './stream-backup.ts';

/** Backups of an open mailbox, one at a time. */
export function createMailboxBackup(context: {
  paths: HomePaths;
  place: Pick<HomePlace, 'require'>;
  client: Pick<NativeClient, 'archives'>;
  journal: Pick<Journal, 'flush'>;
  now: () => number;
  onEvent: (event: MailboxEvent) => void;
}): (options: { seal: BackupSeal }) => Promise<OpenBackup> {
  const { paths, place, client, journal, now, onEvent } = context;
  let isRunning = false;
  return async (options) => {
    const seal = await createSeal(options?.seal);
    place.require();
    if (isRunning) throw mailboxError('TOO_BUSY', { detail: 'A backup of this mailbox is being made.' });
    isRunning = true;
    const end = () => {
      isRunning = false;
    };
    try {
      const state = requireUsed(paths.root, readHomeState(paths.state));
      const flush = () => journal.flush();
      const gathered = await gatherFiles({ paths, state, archives: client.archives, flush, now });
      // Whoever can open it has every secret of this home.
      onEvent({ level: 'warn', name: 'backup-made', details: { files: gathered.files.length } });
      return await streamBackup({ ...gathered, remove: () => gathered.remove().finally(end) }, seal);
    } catch (error) {
      end();
      throw isBaseError(error) ? error : fromSdkError(error);
    }
  };
}
