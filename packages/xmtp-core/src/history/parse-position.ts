import { mailboxError } from '../errors.ts';

/** A place in a conversation: by the network's time, and among messages of one nanosecond by their ids. */
export interface MessagePosition {
  sentAtNs: bigint;
  id: string;
}

const pattern = /^(\d{1,19})\.([0-9a-f]{1,128})$/u;

/** Negative when `a` is older. */
export function comparePositions(a: MessagePosition, b: MessagePosition): number {
  if (a.sentAtNs !== b.sentAtNs) return a.sentAtNs < b.sentAtNs ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export function formatPosition({ sentAtNs, id }: MessagePosition): string {
  return `${sentAtNs}.${id}`;
}

/**
 * What a caller gives as a place: a cursor, or the id of a message.
 * @param find The time of a message; `null` when it is not here.
 * @throws MailboxError INVALID_REQUEST
 */
export function parsePosition(place: string, find: (messageId: string) => bigint | null): MessagePosition {
  const [, time, id] = pattern.exec(place) ?? [];
  if (time !== undefined && id !== undefined) return { sentAtNs: BigInt(time), id };
  const sentAtNs = /^[0-9a-f]{64}$/u.test(place) ? find(place) : null;
  if (sentAtNs !== null) return { sentAtNs, id: place };
  throw mailboxError('INVALID_REQUEST', {
    detail: 'A place in a conversation is a cursor of an earlier page, or the id of a message that is still here.',
  });
}
