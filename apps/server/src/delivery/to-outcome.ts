import { type Found, replyOf } from './find-reply.ts';
import { refusalAttempts } from './read-status.ts';
import type { ChannelOutcome } from './types.ts';

/** What an answer that was found means for the message. */
export function toOutcome(found: Found): ChannelOutcome {
  if (found.kind === 'unclear') return { kind: 'refused', error: found.why, attempts: refusalAttempts };
  return { kind: 'delivered', reply: replyOf(found) };
}
