import { mailboxError } from '../errors.ts';
import type { ConversationPosition } from './create-conversation-store.ts';

/** A place in the list of conversations, as callers carry it. */
export const formatConversationPosition = ({ lastAt, id }: ConversationPosition) => `${lastAt}.${id}`;

/** @throws MailboxError INVALID_REQUEST */
export function parseConversationPosition(place: string): ConversationPosition {
  const [, lastAt, id] = /^(\d{1,15})\.([0-9a-f]{1,128})$/u.exec(place) ?? [];
  if (lastAt !== undefined && id !== undefined) return { lastAt: Number(lastAt), id };
  throw mailboxError('INVALID_REQUEST', {
    detail: 'A place in the list of conversations is a cursor of an earlier page.',
  });
}
