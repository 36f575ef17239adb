import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, isBaseError } from '@xmtp-messaging/errors';
import type { InboundMessage, Mailbox } from '@xmtp-messaging/xmtp-core';
import type { LoopGuard } from '../delivery/create-loop-guard.ts';
import { type Answer, answerSaying } from './answer-saying.ts';
import type { FindAudience } from './create-find-audience.ts';
import type { Scrub } from './create-scrub.ts';
import { keyPrefixes } from './key-prefixes.ts';
import type { Uploads } from '../uploads/create-uploads.ts';
import { type Prepared, prepareContent } from './prepare-content.ts';

/** What became of an automatic reply. */
export type ReplyOutcome =
  /** The outbox has it: it will be sent, whatever dies. */
  | { kind: 'accepted' }
  /** An earlier delivery of this message was answered already; the first answer stands. */
  | { kind: 'answered-before' }
  /** Nothing was left of it after scrubbing. */
  | { kind: 'scrubbed-away' }
  /** The operator allows no automatic replies at all. */
  | { kind: 'switched-off' }
  /** Somebody in the group may not be heard, and would have read it. */
  | { kind: 'mixed-group' }
  /** It can never be sent, for example because it is too large. */
  | { kind: 'impossible'; error: string }
  /** It could not be handed over now. */
  | { kind: 'failed'; error: string };

/** What a reply needs. */
export interface ReplyOptions {
  mailbox: Pick<Mailbox, 'send' | 'encryptFile' | 'hasKey'>;
  loopGuard: Pick<LoopGuard, 'isOff' | 'answered'>;
  message: InboundMessage;
  answer: Answer;
  /** Which answer to this message it is. @default 1 */
  ordinal?: number | undefined;
  /** Who would read it. `null`: it does not matter. */
  findAudience: FindAudience | null;
  /** Cleans the text. @default nothing is changed */
  scrub?: Scrub | undefined;
  /** Where files go. @default nowhere */
  uploads?: Uploads | null | undefined;
  signal: AbortSignal;
  /** @default Math.random */
  random?: (() => number) | undefined;
}

const impossibleCodes = new Set([
  'MESSAGE_EMPTY',
  'MESSAGE_TOO_LARGE',
  'INVALID_REQUEST',
  'CONTENT_UNSAFE',
  'CONVERSATION_NOT_FOUND',
  'NOT_A_MEMBER',
  'SEND_FAILED',
]);
const tries = 5;

/**
 * Answers a message. The idempotency key comes from the message id, so that a message which is delivered twice is
 * answered once.
 */
export async function sendReply(options: ReplyOptions): Promise<ReplyOutcome> {
  const { mailbox, loopGuard, message, ordinal = 1, findAudience, signal, random } = options;
  const prepared = prepare(options);
  if ('kind' in prepared) return prepared;
  const { say, same, isReplyable } = prepared;
  const key = `${keyPrefixes.reply}${message.messageId}${ordinal === 1 ? '' : `:${ordinal}`}`;
  if (loopGuard.isOff) return { kind: 'switched-off' };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const audience = (await findAudience?.(message)) ?? 'heard';
      if (audience === 'mixed') return { kind: 'mixed-group' };
      if (audience === 'in-doubt')
        return { kind: 'failed', error: 'a list cannot be read, so who may read it is not known' };
      const said = await say({ mailbox, key, signal });
      const { replayed } = await mailbox.send({
        to: { conversationId: message.conversationId },
        ...said,
        // In a group it must be clear who is answered; in a direct message plain text reads best everywhere.
        replyTo: isReplyable && message.conversationType === 'group' ? message.messageId : undefined,
        idempotencyKey: key,
        signal,
      });
      if (replayed) return { kind: 'answered-before' };
      loopGuard.answered(message, said.text ?? same);
      return { kind: 'accepted' };
    } catch (error) {
      signal.throwIfAborted();
      if (!isBaseError(error)) throw error;
      if (error.code === 'IDEMPOTENCY_CONFLICT') return { kind: 'answered-before' };
      if (impossibleCodes.has(error.code)) return { kind: 'impossible', error: error.shortMessage };
      if (!error.retryable || attempt === tries) return { kind: 'failed', error: error.shortMessage };
      await delay(backoffMs(attempt, { baseMs: 200, maxMs: 5000, random }), undefined, { signal });
    }
  }
}

/** What of an answer may be sent, or why nothing. */
function prepare({ answer, message, scrub = asItIs, uploads = null }: ReplyOptions): Prepared | ReplyOutcome {
  const saying = answerSaying(answer, message);
  if (saying.text?.trim() === '') return { kind: 'scrubbed-away' };
  try {
    return prepareContent(saying, { scrub, uploads });
  } catch (error) {
    if (!isBaseError(error)) throw error;
    if (saying.text !== undefined && error.code === 'MESSAGE_EMPTY') return { kind: 'scrubbed-away' };
    const [why] = error.metaMessages;
    return { kind: 'impossible', error: why === undefined ? error.shortMessage : `${error.shortMessage} ${why}` };
  }
}

const asItIs: Scrub = Object.assign((text: string) => ({ text, scrubbed: [] }), { find: () => [] });
