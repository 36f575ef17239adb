import { createHash } from 'node:crypto';
import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import type { LoopGuard } from '../delivery/create-loop-guard.ts';
import { AgentError } from '../errors.ts';
import type { OpenParts } from '../types.ts';
import { prepareContent, type Saying } from './prepare-content.ts';
import { keyPrefixes } from './key-prefixes.ts';
import { requireSent } from './require-sent.ts';
import type { MessageRequest, SentMessage } from './send-message.ts';

/** An answer of a caller to an accepted message. */
export interface AnswerRequest extends Saying, Pick<MessageRequest, 'idempotencyKey' | 'signal'> {
  /** The one that is answered. */
  message: Pick<InboundMessage, 'messageId' | 'conversationId' | 'conversationType'>;
}

/**
 * Answers a message in its conversation, within the loop guard (`loopGuard`). Without a key, the same words to the same message are one
 * answer, so a caller that timed out may just ask again.
 * @throws AgentError as `prepareContent`, UPLOAD_FAILED, LOOP_GUARD, OUTCOME_UNKNOWN
 * @throws MailboxError
 */
export async function answerMessage(
  context: OpenParts & { loopGuard: Pick<LoopGuard, 'take' | 'waitMs'> },
  request: AnswerRequest,
): Promise<Pick<SentMessage, 'id' | 'conversationId' | 'replayed' | 'scrubbed'>> {
  const { home, mailbox, loopGuard } = context;
  const { message, signal } = request;
  const { conversationId, messageId } = message;
  const { say, same, isReplyable, scrubbed } = prepareContent(request, home);
  const words = createHash('sha256').update(`${messageId}\n${same}`).digest('hex');
  const { idempotencyKey: key = words } = request;
  const reservation = loopGuard.take(conversationId, key);
  if (reservation === null) {
    throw new AgentError({
      code: 'LOOP_GUARD',
      metaMessages: [home.hints.answerLater],
      retryAfterSeconds: loopGuard.waitMs(conversationId) / 1000,
    });
  }
  let outcome: 'sent' | 'replayed' | 'failed' = 'failed';
  const sendKey = `${keyPrefixes.answer}${key}`;
  const result = await say({ mailbox, key: sendKey, signal })
    .then((said) =>
      mailbox.send({
        to: { conversationId },
        ...said,
        replyTo: isReplyable && message.conversationType === 'group' ? messageId : undefined,
        idempotencyKey: sendKey,
        signal,
      }),
    )
    .then((sent) => {
      outcome = sent.replayed ? 'replayed' : 'sent';
      return sent;
    })
    .finally(() => reservation.settle(outcome));
  requireSent(result, { key, hint: home.hints.sendAgain });
  return { id: result.messageId, conversationId: result.conversationId, replayed: result.replayed, scrubbed };
}
