import { mailboxError } from '../errors.ts';
import type { PageRequest } from './history-types.ts';

const maxLimit = 200;

/** How much is asked for, and from which end. @throws MailboxError INVALID_REQUEST */
export function checkPage({ limit = 50, order = 'desc' }: PageRequest): { limit: number; newestFirst: boolean } {
  if (!Number.isInteger(limit) || limit < 1) {
    throw mailboxError('INVALID_REQUEST', { detail: 'limit must be a whole number from 1 to 200.' });
  }
  return { limit: Math.min(limit, maxLimit), newestFirst: order === 'desc' };
}
