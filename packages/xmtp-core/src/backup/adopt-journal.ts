import { rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { type Journal, openJournal } from '../journal/open-journal.ts';
import { skipPositions } from '../journal/open-sound-journal.ts';
import { createDroppedStore } from '../inbox/create-dropped-store.ts';
import { createInboundStore } from '../inbox/create-inbound-store.ts';
import { createOutboundStore } from '../outbox/create-outbound-store.ts';
import type { Archives } from '../sdk/create-archives.ts';
import type { BackupManifest } from './parse-manifest.ts';

const key = 'home-restored';

/** That a home comes from a backup. */
export interface HomeRestoration {
  /** Milliseconds since the epoch, as below. */
  at: number;
  /** When the backup was made. */
  madeAt: number;
  /** Sends of which nobody knows whether they went out. */
  unfinishedSends: number;
}

export function readHomeRestoration(journal: Pick<Journal, 'getMeta'>): HomeRestoration | null {
  const parts = (journal.getMeta(key) ?? '').split('/').map(Number);
  const [at, madeAt, unfinishedSends] = parts;
  if (at === undefined || madeAt === undefined || unfinishedSends === undefined || parts.some(Number.isNaN))
    return null;
  return { at, madeAt, unfinishedSends };
}

/** What stands in a journal that was adopted. */
export interface AdoptedJournal {
  /** Messages that wait for the agent. */
  pending: number;
  /** Dead letters. */
  dead: number;
  /** Sends that were on their way when the backup was made: nobody knows whether they went out, and they are not sent again. */
  unfinishedSends: number;
  /** Messages of others in the archive. */
  received: number;
}

/**
 * Makes the journal of a backup that of a new installation. What was on its way out is of unknown outcome, for its old home went on.
 * Whatever others sent and the old home had decided on is passed over: how long its journal remembers that is not how long the archive does.
 * Readers that saw later positions pass over nothing.
 * @throws MailboxError JOURNAL_DAMAGED, JOURNAL_ALTERED, HOME_NEWER, the codes of files and disks
 */
export async function adoptJournal(options: {
  copy: string;
  path: string;
  manifest: Pick<BackupManifest, 'madeAt' | 'recent'>;
  archives: Pick<Archives, 'received'>;
  now: () => number;
}): Promise<AdoptedJournal> {
  const { copy, path, manifest, archives, now } = options;
  for (const part of ['', '-wal', '-shm']) rmSync(`${path}${part}`, { force: true });
  await copyFile(copy, path);
  const journal = openJournal({ path, onCommitFailure: () => undefined });
  let adopted: AdoptedJournal;
  try {
    const [outbound, inbound, dropped] = [
      createOutboundStore(journal),
      createInboundStore(journal),
      createDroppedStore(journal),
    ];
    const open = outbound.open();
    for (const { id } of open) outbound.settle(id, 'unknown', now());
    const recent = new Set(manifest.recent);
    let received = 0;
    for await (const page of archives.received(0n)) {
      received += page.length;
      for (const { id, insertedAtNs } of page) {
        if (!recent.has(id) && !inbound.has(id)) dropped.skip({ messageId: id, insertedNs: insertedAtNs });
      }
    }
    journal.setMeta(key, [now(), manifest.madeAt, open.length].join('/'));
    journal.flush();
    const { pending, dead } = inbound.counts();
    adopted = { pending, dead, unfinishedSends: open.length, received };
  } finally {
    journal.close();
  }
  goOn(path);
  return adopted;
}

/** Behind all positions that the old home gives meanwhile. */
function goOn(path: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec(`begin immediate; ${skipPositions}; commit`);
  } finally {
    database.close();
  }
}
