import { z } from 'zod';
import { mailboxError } from '../errors.ts';

/** Entries of a backup that are not files of the home. The manifest comes first. */
export const entries = { manifest: 'backup.json', archive: 'messages.archive', journal: 'journal.db' } as const;

const latest = 1;

const schema = z.object({
  version: z.literal(latest),
  /** Of this backup, so that a restore that was cut off goes on with the right one. */
  id: z.string().regex(/^[0-9a-f]{32}$/u),
  /** Milliseconds since the epoch. */
  madeAt: z.int().nonnegative(),
  address: z.string().regex(/^0x[0-9a-f]{40}$/u),
  network: z.string().min(1).max(100),
  inboxId: z.string().min(1).max(200),
  /** The installation that it is of, and which stays where it is. */
  installationId: z.string().min(1).max(200),
  /** Messages of others that came in lately: whether one was decided on is for the journal to say. Older ones were. */
  recent: z.array(z.string().regex(/^[0-9a-f]{64}$/u)),
});

/** What a backup says of itself. */
export type BackupManifest = z.infer<typeof schema>;

/** @throws MailboxError BACKUP_UNREADABLE, HOME_NEWER */
export function parseManifest(text: string): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw mailboxError('BACKUP_UNREADABLE');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = z.object({ version: z.int() }).safeParse(value).data?.version ?? 0;
  if (version > latest)
    throw mailboxError('HOME_NEWER', { detail: `The backup has version ${version}, known is ${latest}.` });
  throw mailboxError('BACKUP_UNREADABLE');
}
