import { isBaseError } from '@xmtp-messaging/errors';
import type { DeliveryContext, DeliveryHandler, DeliveryOutcome, InboundMessage } from '@xmtp-messaging/xmtp-core';
import { AgentError } from '../errors.ts';
import type { AgentMessage, MessageView } from '../inbound/create-message-view.ts';
import type { Answer } from '../outbound/answer-saying.ts';
import type { ReplyOutcome } from '../outbound/send-reply.ts';
import type { AgentLogger, AgentMetrics } from '../types.ts';
import type { LoopGuard } from './create-loop-guard.ts';

/** What a handler is told beside the message. */
export interface MessageContext extends DeliveryContext {
  /**
   * Answers in the conversation of the message: with words, a reaction, or content of any type. After a crash the same message is delivered again, and its first answer
   * stands: the second answer of a handler is held against the second of before, and so on.
   * @throws AgentError REPLY_NOT_SENT; let it pass, and the message is tried again, or ends as a dead letter.
   */
  reply: (answer: Answer) => Promise<ReplyOutcome>;
}

/** What a handler may return: nothing, what became of its answer, or an outcome of its own. */
export type HandlerResult = DeliveryOutcome | ReplyOutcome | void;

/**
 * Takes one message, as the agent may see it. Resolving is taking it over, so it may end with `return reply(...)`; throwing is a
 * failed attempt.
 */
export type MessageHandler = (message: AgentMessage, context: MessageContext) => Promise<HandlerResult> | HandlerResult;

/** What stands between the mailbox and a handler. */
export interface MessageHandlerOptions {
  view: MessageView;
  /** Sends the `ordinal`th answer to a message; counts from 1. */
  reply: (
    message: InboundMessage,
    answer: Answer,
    options: { ordinal: number; signal: AbortSignal },
  ) => Promise<ReplyOutcome>;
  loopGuard: Pick<LoopGuard, 'check'>;
  logger: Pick<AgentLogger, 'warn' | 'error' | 'info'>;
  metrics: Pick<AgentMetrics, 'reply'>;
}

/** Holds back what the loop guard does not let through, shows the message inside its boundary, and sends the answers. */
export function createMessageHandler(handler: MessageHandler, options: MessageHandlerOptions): DeliveryHandler {
  const { view, loopGuard, logger, metrics } = options;

  /** `null` when it may be offered; asked first, so that what is held back costs the agent nothing. */
  const holdBack = (message: InboundMessage): DeliveryOutcome | null => {
    const { messageId, conversationId } = message;
    const verdict = loopGuard.check(message);
    if (verdict.kind === 'go') return null;
    metrics.reply(verdict.kind === 'loop' ? 'loop' : 'held-back');
    logger.warn({ event: 'reply-held-back', messageId, conversationId, verdict: verdict.kind });
    if (verdict.kind === 'loop') return { kind: 'dead', error: verdict.why };
    const reason = 'held back by the loop guard: this conversation has had its answers for now';
    return { kind: 'postponed', reason, waitMs: verdict.waitMs };
  };

  return async (message, context) => {
    const held = holdBack(message);
    if (held !== null) return held;
    const { messageId, conversationId } = message;
    const replies: Promise<ReplyOutcome>[] = [];
    let trouble: DeliveryOutcome | null = null;
    const send = async (answer: Answer, ordinal: number) => {
      const said = await options.reply(message, answer, { ordinal, signal: context.signal });
      metrics.reply(said.kind);
      logger.info({ event: 'reply-settled', messageId, reply: said.kind });
      if (said.kind === 'mixed-group')
        logger.warn({ event: 'reply-held-back', messageId, conversationId, reason: said.kind });
      trouble ??= troubleIn(said);
      if (trouble !== null) throw notSent(trouble);
      return said;
    };
    const reply = (answer: Answer) => {
      const sending = send(answer, replies.length + 1);
      replies.push(sending);
      // It may fail before anybody waits for it.
      sending.catch(() => {});
      return sending;
    };
    try {
      const outcome = await handler(view(message), { ...context, reply });
      // An answer that nobody waited for is part of the attempt all the same.
      await Promise.all(replies);
      // What became of an answer was looked at when it was sent, and is nothing of the message.
      return isOfReply(outcome) ? undefined : outcome;
    } catch (error) {
      await Promise.allSettled(replies);
      context.signal.throwIfAborted();
      if (trouble !== null) return trouble;
      if (!isBaseError(error)) logger.error({ event: 'delivery-broken', messageId, err: error });
      throw error;
    }
  };
}

const ofReplies: ReadonlySet<string> = new Set<Exclude<ReplyOutcome['kind'], DeliveryOutcome['kind']>>([
  'accepted',
  'answered-before',
  'scrubbed-away',
  'switched-off',
  'mixed-group',
  'impossible',
]);

function isOfReply(outcome: HandlerResult): outcome is Exclude<ReplyOutcome, DeliveryOutcome> | undefined {
  return typeof outcome === 'object' && outcome !== null && ofReplies.has(outcome.kind);
}

function troubleIn(said: ReplyOutcome): DeliveryOutcome | null {
  if (said.kind === 'failed') return { kind: 'failed', error: `its reply was not sent: ${said.error}` };
  if (said.kind === 'impossible')
    return { kind: 'dead', error: `delivered, but its reply cannot be sent: ${said.error}` };
  return null;
}

function notSent(trouble: DeliveryOutcome): AgentError {
  const detail = 'error' in trouble ? [trouble.error] : [];
  return new AgentError({
    code: 'REPLY_NOT_SENT',
    shortMessage: 'The reply was not sent.',
    metaMessages: detail,
    retryable: trouble.kind === 'failed',
  });
}
