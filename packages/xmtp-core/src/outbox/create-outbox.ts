import { encodeRequest } from './encode-request.ts';
import { type MailboxError, mailboxError } from '../errors.ts';
import type { MailboxStatus } from '../health/status-types.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { MailboxEvent, SendRequest, SendResult } from '../types.ts';
import { pause } from '../util/pause.ts';
import { createAwaitResult, type Ticket } from './create-await-result.ts';
import { createDigests } from './create-digests.ts';
import { createFindConversation } from './create-find-conversation.ts';
import { createLanes } from './create-lanes.ts';
import { createOutboundItem } from './create-outbound-item.ts';
import type { OutboundRow, OutboundStore } from './create-outbound-store.ts';
import { createSends, type ReadySend } from './create-sends.ts';
import { publishState } from './publish-batch.ts';
import type { TakeBackIntents } from './recover/create-take-back-intents.ts';
import { recoverOutbox, toItem } from './recover/recover-outbox.ts';
import { validateRequest } from './validate-request.ts';

/** Sends, once each. */
export interface Outbox {
  send(request: SendRequest): Promise<SendResult>;
  /** Whether a message stands under this key that was sent, or may be. */
  hasKey(idempotencyKey: string): boolean;
  /**
   * Finds out what an earlier process left open. Call it before anything is synced.
   * @returns what puts it back on its way
   */
  recover(): Promise<() => Promise<void>>;
  counts(): MailboxStatus['outbox'];
  /** Resolves when everything is settled, or after `ms`. */
  drain(ms: number): Promise<void>;
  /**
   * Stops the lanes and answers every caller; what is stored stays in the journal. Resolves when nothing is being stored.
   * @param reason Why: callers whose message is not stored get it. Unless the mailbox is only closed, the others too.
   */
  stop(reason?: MailboxError): Promise<void>;
}

export interface OutboxOptions {
  client: NativeClient;
  journal: Journal;
  outbound: OutboundStore;
  /** What digests in the journal are keyed by. */
  encryptionKey: Uint8Array;
  takeBackIntents: TakeBackIntents;
  /** @default 15_000 */
  sendDeadlineMs?: number | undefined;
  /** @default 1_000 */
  maxQueuedSends?: number | undefined;
  now: () => number;
  random: () => number;
  onEvent: (event: MailboxEvent) => void;
  /** Told when publishing fails again and again, so that somebody may look at the network. */
  onStuck: (conversationId: string, attempt: number, error: unknown) => void;
  /** Told when the network has accepted a message. */
  onSent: (conversationId: string) => void;
  /** Told of each conversation before something is sent there. */
  onUsed: (conversation: Conversation) => void;
}

/** A send whose calls could not begin by then is told at once, with the time when it makes sense. */
const roomWithinMs = 5_000;

export function createOutbox(options: OutboxOptions): Outbox {
  const {
    client,
    journal,
    outbound,
    takeBackIntents,
    sendDeadlineMs = 15_000,
    maxQueuedSends = 1_000,
    now,
    onEvent,
  } = options;
  const stopped = new AbortController();
  const digests = createDigests(options.encryptionKey);
  const findConversation = createFindConversation({
    client,
    now,
    onRepaired: (conversationId) =>
      onEvent({ level: 'warn', name: 'conversation-repaired', details: { conversationId } }),
  });
  const lanes = createLanes({ ...options, outbound, digests, signal: stopped.signal });
  const sends = createSends({ lanes, stopped: stopped.signal });
  const awaitResult = createAwaitResult({
    deadlineMs: sendDeadlineMs,
    stopped: stopped.signal,
    withdraw: (item) => lanes.withdraw(item),
    flush: () => journal.flush(),
  });

  /** @throws MailboxError TOO_BUSY, RATE_LIMITED */
  const ensureRoom = () => {
    const queued = sends.queued();
    if (queued >= maxQueuedSends) throw mailboxError('TOO_BUSY');
    // What waits already needs its calls, too.
    const calls = queued + 1;
    client.calls.check({ class: 'send', cost: { reads: calls, writes: calls } }, roomWithinMs);
  };

  const begin = async (request: SendRequest, requestDigest: string): Promise<ReadySend> => {
    const { idempotencyKey = null, keepsKey = true } = request;
    const conversation = await findConversation(request.to);
    stopped.signal.throwIfAborted();
    options.onUsed(conversation);
    const item = createOutboundItem({
      rowId: null,
      idempotencyKey,
      isDurable: idempotencyKey !== null && keepsKey,
      requestDigest,
      contentDigest: '',
      conversationId: conversation.id,
      content: encodeRequest(request),
      messageId: null,
    });
    return { conversation, item };
  };

  /** The same message again, which never makes two. */
  const resume = async (row: OutboundRow): Promise<ReadySend> => {
    const conversation = await client.exactConversation(row.conversationId);
    if (conversation === null) throw mailboxError('SEND_FAILED');
    return { conversation, item: toItem(row) };
  };

  /** What became of a message that is stored, or will. */
  const resultOf = async (row: OutboundRow & { messageId: string }, signal: AbortSignal | undefined) => {
    const { messageId, conversationId } = row;
    const state = row.state === 'sent' ? 'published' : publishState(client, messageId);
    if (state === 'gone') throw mailboxError('SEND_FAILED');
    if (state === 'published') return { status: 'sent', messageId, conversationId, replayed: true } as const;
    ensureRoom();
    return await awaitResult(
      sends.enter(row, () => resume(row)),
      null,
      signal,
    );
  };

  return {
    async send(request) {
      validateRequest(request);
      stopped.signal.throwIfAborted();
      const { idempotencyKey = null, signal } = request;
      const requestDigest = idempotencyKey === null ? '' : digests.request(request);
      if (idempotencyKey !== null) {
        const underWay = sends.underKey(idempotencyKey);
        const row = underWay === undefined ? outbound.byKey(idempotencyKey) : null;
        const known = underWay ?? row;
        if (known !== null && known.requestDigest !== requestDigest) throw mailboxError('IDEMPOTENCY_CONFLICT');
        if (row?.state === 'unknown') throw mailboxError('SEND_UNKNOWN');
        if (underWay !== undefined) return await awaitResult(underWay.item, null, signal);
        if (row !== null && isStored(row)) return await resultOf(row, signal);
        // Announced and never stored, or it would have its id: its key is free.
        if (row !== null) outbound.remove(row.id);
      }
      ensureRoom();
      const ticket: Ticket = { abandoned: false };
      const item = sends.enter({ idempotencyKey, requestDigest, ticket }, () => begin(request, requestDigest));
      return await awaitResult(item, ticket, signal);
    },
    hasKey(key) {
      if (sends.underKey(key) !== undefined) return true;
      const row = outbound.byKey(key);
      return row !== null && isStored(row) && row.state !== 'failed';
    },
    async recover() {
      const found = await recoverOutbox({ client, journal, outbound, digests, now, takeBackIntents });
      return async () => {
        for (const send of found) await sends.enter(send.item, () => Promise.resolve(send));
      };
    },
    counts: () => sends.counts(),
    async drain(ms) {
      const end = performance.now() + ms;
      for (let left = ms; sends.queued() > 0 && left > 0; left = end - performance.now()) {
        // New sends cannot come, but some may still be looking for their conversation.
        await pause(Math.min(left, 20), stopped.signal);
      }
    },
    async stop(reason) {
      stopped.abort(reason ?? mailboxError('CLOSED'));
      await sends.end(reason);
    },
  };
}

function isStored(row: OutboundRow): row is OutboundRow & { messageId: string } {
  return row.messageId !== null;
}
