import { mailboxError } from '../errors.ts';
import { idempotencyRetentionMs } from '../constants.ts';
import type { MailboxOptions } from '../types.ts';

const dayMs = 86_400_000;
/**
 * Messages are kept so long at least: as long as keys, by which callers and a start that looks for an older copy of the database ask
 * for them, and a day for clocks that differ.
 */
export const leastMessagesMs = idempotencyRetentionMs + dayMs;

/** How long what is kept, milliseconds; `null` for as long as the home lasts. */
export interface Retention {
  journalMs: number | null;
  journalBytes: number | null;
  messagesMs: number | null;
}

/** @throws MailboxError INVALID_REQUEST */
export function retentionOf({
  journalMs = 30 * dayMs,
  journalBytes = null,
  messagesMs = null,
}: Pick<MailboxOptions, 'journalMs' | 'journalBytes' | 'messagesMs'>): Retention {
  const isAtLeast = (value: number | null, least: number) => value === null || (!Number.isNaN(value) && value >= least);
  if (!isAtLeast(journalMs, dayMs)) refuse('journalMs must be at least a day.');
  if (!isAtLeast(journalBytes, 1_000_000)) refuse('journalBytes must be at least 1,000,000.');
  if (!isAtLeast(messagesMs, leastMessagesMs)) refuse('messagesMs must be at least eight days.');
  return { journalMs, journalBytes, messagesMs };
}

function refuse(detail: string): never {
  throw mailboxError('INVALID_REQUEST', { detail });
}
