import { type MailboxError, mailboxError } from '../errors.ts';
import type { MailboxStatus } from '../health/status-types.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { MailboxEvent, SendRequest, SendResult } from '../types.ts';
import { pause } from '../util/pause.ts';
import { within } from '../util/within.ts';
import { createAwaitResult, type Ticket } from './create-await-result.ts';
import { createLanes } from './create-lanes.ts';
import type { Digests } from './create-digests.ts';
import type { FindConversation } from './create-find-conversation.ts';
import { createOutboundItem, type OutboundItem } from './create-outbound-item.ts';
import type { OutboundRow, OutboundStore } from './create-outbound-store.ts';
import { publishState } from './publish-batch.ts';
import { recoverOutbox, toItem } from './recover/recover-outbox.ts';
import type { TakeBackIntents } from './recover/create-take-back-intents.ts';
import { validateRequest } from './validate-request.ts';

/** Sends, once each. */
export interface Outbox {
  send(request: SendRequest): Promise<SendResult>;
  /** Puts what an earlier process left open back on its way. Call it before anything is synced. */
  recover(): Promise<void>;
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
  digests: Digests;
  findConversation: FindConversation;
  takeBackIntents: TakeBackIntents;
  sendDeadlineMs: number;
  maxQueuedSends: number;
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

/** A send whose calls could not begin by then is refused at once, with the time when it makes sense. */
const admitWithinMs = 5_000;
/** How long a stop waits for a message that is being stored. */
const storingMs = 2_000;

export function createOutbox(options: OutboxOptions): Outbox {
  const { client, journal, outbound, digests, now } = options;
  const stopped = new AbortController();
  const items = new Set<OutboundItem>();
  const trackedAt = new WeakMap<OutboundItem, number>();
  const byKey = new Map<string, { requestDigest: string; item: Promise<OutboundItem> }>();
  let queued = 0;

  const lanes = createLanes({ ...options, signal: stopped.signal });

  const track = (item: OutboundItem) => {
    items.add(item);
    trackedAt.set(item, performance.now());
    void item.settled.finally(() => items.delete(item));
  };

  const enqueue = async (request: SendRequest, requestDigest: string, ticket: Ticket): Promise<OutboundItem> => {
    const { text, contentType = 'text', replyTo = null, idempotencyKey = null, keepsKey = true } = request;
    const conversation = await options.findConversation(request.to);
    // Its caller was told that it was not and will not be sent.
    if (ticket.abandoned) throw mailboxError('NOT_SENT');
    stopped.signal.throwIfAborted();
    options.onUsed(conversation);
    const content = { text: text.toWellFormed(), contentType, replyTo };
    const item = createOutboundItem({
      rowId: null,
      idempotencyKey,
      isDurable: idempotencyKey !== null && keepsKey,
      requestDigest,
      contentDigest: '',
      conversationId: conversation.id,
      content,
      messageId: null,
    });
    track(item);
    lanes.of(conversation).add(item);
    return item;
  };

  /** The same message again, which never makes two. */
  const again = async (row: OutboundRow): Promise<OutboundItem> => {
    const conversation = await client.exactConversation(row.conversationId);
    if (conversation === null) throw mailboxError('SEND_FAILED');
    const item = toItem(row);
    track(item);
    lanes.of(conversation).add(item);
    return item;
  };

  /** A send under a key is entered at once, so that a second caller with the key joins it wherever it stands. */
  const enter = (
    idempotencyKey: string | null | undefined,
    requestDigest: string,
    begin: () => Promise<OutboundItem>,
  ): Promise<OutboundItem> => {
    if (queued >= options.maxQueuedSends) throw mailboxError('TOO_BUSY');
    // What waits already needs its calls, too.
    const calls = queued + 1;
    client.calls.check({ class: 'send', cost: { reads: calls, writes: calls } }, admitWithinMs);
    queued += 1;
    const item = begin();
    const key = idempotencyKey ?? null;
    if (key !== null) byKey.set(key, { requestDigest, item });
    const leave = () => {
      queued -= 1;
      if (key !== null) byKey.delete(key);
    };
    item.then((entered) => entered.settled).then(leave, leave);
    return item;
  };

  const earlier = (key: string, requestDigest: string) => {
    const entry = byKey.get(key);
    const row = entry === undefined ? outbound.byKey(key) : null;
    const digest = entry?.requestDigest ?? row?.requestDigest;
    if (digest !== undefined && digest !== requestDigest) throw mailboxError('IDEMPOTENCY_CONFLICT');
    return { entry, row };
  };

  const awaitResult = createAwaitResult({
    deadlineMs: options.sendDeadlineMs,
    stopped: stopped.signal,
    withdraw: (item) => lanes.withdraw(item),
    flush: () => journal.flush(),
  });

  return {
    async send(request) {
      validateRequest(request);
      stopped.signal.throwIfAborted();
      const { idempotencyKey } = request;
      const requestDigest = idempotencyKey === undefined ? '' : digests.request(request);
      const { entry, row } = idempotencyKey === undefined ? {} : earlier(idempotencyKey, requestDigest);
      if (entry !== undefined) return await awaitResult(entry.item, null, request.signal);
      if (row !== undefined && row !== null && row.messageId !== null) {
        const { messageId, conversationId } = row;
        const state = row.state === 'sent' ? 'published' : publishState(client, messageId);
        if (state === 'gone') throw mailboxError('SEND_FAILED');
        if (state === 'published') return { status: 'sent', messageId, conversationId, replayed: true };
        const item = enter(idempotencyKey, requestDigest, () => again(row));
        return await awaitResult(item, null, request.signal);
      }
      // Announced and never stored, or it would have its id: its key is free.
      if (row !== undefined && row !== null) outbound.remove(row.id);
      const ticket: Ticket = { abandoned: false };
      const item = enter(idempotencyKey, requestDigest, () => enqueue(request, requestDigest, ticket));
      return await awaitResult(item, ticket, request.signal);
    },
    async recover() {
      outbound.prune(now());
      const { takeBackIntents } = options;
      const found = await recoverOutbox({ client, journal, outbound, digests, now, takeBackIntents });
      for (const { conversation, item } of found) {
        track(item);
        queued += 1;
        const { idempotencyKey, requestDigest } = item;
        if (idempotencyKey !== null) byKey.set(idempotencyKey, { requestDigest, item: Promise.resolve(item) });
        void item.settled.finally(() => {
          queued -= 1;
          if (idempotencyKey !== null) byKey.delete(idempotencyKey);
        });
        lanes.of(conversation).add(item);
      }
    },
    counts() {
      const unsettled = [...items].filter((item) => item.messageId !== null);
      const [oldest] = unsettled;
      const since = oldest === undefined ? undefined : trackedAt.get(oldest);
      const oldestUnsettledMs = since === undefined ? null : Math.round(performance.now() - since);
      return { queued, unsettled: unsettled.length, oldestUnsettledMs };
    },
    async drain(ms) {
      const end = performance.now() + ms;
      const isBusy = () => queued > 0;
      for (let left = ms; isBusy() && left > 0; left = end - performance.now()) {
        // New sends cannot come, but some may still be looking for their conversation.
        await pause(Math.min(left, 20), stopped.signal);
      }
    },
    async stop(reason) {
      const closed = mailboxError('CLOSED');
      stopped.abort(reason ?? closed);
      lanes.tell();
      const end = (item: OutboundItem) => {
        const isUnknown = item.messageId !== null && reason === undefined;
        item.settle(isUnknown ? { status: 'unknown' } : { status: 'failed', error: reason ?? closed });
      };
      const storing = [...items].filter((item) => item.isStoring && item.messageId === null);
      for (const item of items) if (!storing.includes(item)) end(item);
      // Whether these are stored, and so will be sent, is known in a moment.
      await within(Promise.all(storing.map((item) => item.stored)), { ms: storingMs });
      for (const item of storing) end(item);
    },
  };
}
