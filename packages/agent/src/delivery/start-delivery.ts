import type { Delivery, DeliverOptions, DeliveryStatus } from '@xmtp-messaging/xmtp-core';
import { sendReply } from '../outbound/send-reply.ts';
import type { AgentLogger, AgentMetrics, OpenParts } from '../types.ts';
import type { LoopGuard } from './create-loop-guard.ts';
import { createMessageHandler, type MessageHandler } from './create-message-handler.ts';

/** What deliveries need. */
export interface StartDeliveryOptions extends OpenParts {
  handler: MessageHandler;
  loopGuard: LoopGuard;
  logger: AgentLogger;
  metrics: AgentMetrics;
  /** @default those of the mailbox */
  deliver?: DeliverOptions | undefined;
  random: () => number;
}

/** Messages on their way to a handler. */
export interface MessageDelivery extends Omit<Delivery, 'status'> {
  /** `heldBack`: conversations that the loop guard makes wait. */
  status(): DeliveryStatus & { heldBack: number };
}

/** Starts to hand messages to a handler, within the boundary and the loop guard. */
export function startDelivery(options: StartDeliveryOptions): MessageDelivery {
  const { home, mailbox, handler, loopGuard, logger, metrics, deliver, random } = options;
  const handle = createMessageHandler(handler, {
    view: home.view,
    reply: (message, answer, reply) =>
      sendReply({ mailbox, loopGuard, message, answer, scrub: home.scrub, random, ...reply }),
    loopGuard,
    logger,
    metrics,
  });
  const delivery = mailbox.inbox.deliver(handle, deliver);
  const unsubscribe = mailbox.inbox.subscribe(({ conversationId }) => loopGuard.heard(conversationId));
  return {
    ...delivery,
    status: () => ({ ...delivery.status(), heldBack: loopGuard.state().waiting }),
    retry: () => {
      loopGuard.forgive();
      return delivery.retry();
    },
    stop: async (limit) => {
      unsubscribe();
      await delivery.stop(limit);
    },
  };
}
