import { wallClock } from '@xmtp-messaging/errors';
import type { Delivery, DeliverOptions, DeliveryStatus } from '@xmtp-messaging/xmtp-core';
import { createFindAudience } from '../outbound/create-find-audience.ts';
import { sendReply } from '../outbound/send-reply.ts';
import type { AgentLogger, AgentMetrics, OpenParts } from '../types.ts';
import type { LoopGuard } from './create-loop-guard.ts';
import { createMessageHandler, type MessageHandler } from './create-message-handler.ts';

/** What deliveries need. */
export interface StartDeliveryOptions extends OpenParts {
  /** Told each message that is due. */
  handler: MessageHandler;
  /** Says whether it is due, for automatic answers are counted. */
  loopGuard: LoopGuard;
  /** Told what became of each attempt. */
  logger: AgentLogger;
  /** Told the same, as counts. */
  metrics: AgentMetrics;
  /** Send automatic answers into groups in which somebody may not be heard. @default false */
  answersInMixedGroups?: boolean | undefined;
  /** @default those of the mailbox */
  deliver?: DeliverOptions | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** From 0 inclusive to 1 exclusive, as `Math.random`. */
  random: () => number;
}

/** Messages on their way to a handler. */
export interface MessageDelivery extends Omit<Delivery, 'status'> {
  /**
   * `heldBack`: conversations that the loop guard makes wait. `mixedGroups`: answers that were not sent since the start,
   * because somebody in the group may not be heard, and when that was last, milliseconds since the epoch.
   */
  status(): DeliveryStatus & { heldBack: number; mixedGroups: { heldBack: number; lastAt: number | null } };
}

/**
 * Starts to hand messages to a handler, within the boundary and the loop guard.
 * @throws MailboxError INVALID_REQUEST: deliveries are running already. CLOSED
 */
export function startDelivery(options: StartDeliveryOptions): MessageDelivery {
  const { home, mailbox, handler, loopGuard, logger, metrics, deliver, random } = options;
  const { answersInMixedGroups = false, now = wallClock } = options;
  const findAudience = answersInMixedGroups ? null : createFindAudience({ home, mailbox });
  let mixedGroups: { heldBack: number; lastAt: number | null } = { heldBack: 0, lastAt: null };
  const handle = createMessageHandler(handler, {
    view: home.view,
    reply: async (message, answer, reply) => {
      const { scrub, uploads } = home;
      const rules = { findAudience, scrub, uploads, random };
      const said = await sendReply({ mailbox, loopGuard, message, answer, ...rules, ...reply });
      if (said.kind === 'mixed-group') mixedGroups = { heldBack: mixedGroups.heldBack + 1, lastAt: now() };
      return said;
    },
    loopGuard,
    logger,
    metrics,
  });
  const delivery = mailbox.inbox.deliver(handle, deliver);
  const unsubscribe = mailbox.inbox.subscribe(({ conversationId }) => loopGuard.heard(conversationId));
  return {
    ...delivery,
    status: () => ({ ...delivery.status(), heldBack: loopGuard.state().waiting, mixedGroups }),
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
