import { createHash } from 'node:crypto';
import type { Member } from './member.ts';

/** The inbox that an identifier opens with a nonce. */
export function toInboxId({ text }: Member, nonce: bigint): string {
  return createHash('sha256').update(`${text}${nonce}`).digest('hex');
}
