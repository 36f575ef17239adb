import { mailboxError } from '../errors.ts';
import type { MailboxStatus } from '../types-status.ts';
import type { Journal } from '../journal/open-journal.ts';
import { sdkReason } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import type { MailboxEvent, SendRequest, SendResult } from '../types.ts';
import { createSlots } from '../util/coalesce.ts';
import { pause } from '../util/timing.ts';
import { waitAtMost } from '../util/wait-at-most.ts';
import { createLane, type Lane } from './create-lane.ts';
import type { Digests } from './digests.ts';
import { findConversation } from './find-conversation.ts';
import type { EnsureDm } from './ensure-dm.ts';
import { createOutboundItem, type OutboundItem } from './outbound-item.ts';
import type { OutboundStore } from './outbound-store.ts';
import { recoverOutbox } from './recover-outbox.ts';
import { storeBatch } from './store-batch.ts';
import { findStoredMessage } from './unclaimed-messages.ts';
import { validateRequest } from './validate-request.ts';

/** Sends, once each. */
export interface Outbox {
  send(request: SendRequest): Promise<SendResult>;
  /** Puts what an earlier process left open back on its way. Call it before anything is synced. */
  recover(): Promise<void>;
  counts(): MailboxStatus['outbox'];
  /** Resolves when everything is settled, or after `ms`. */
  drain(ms: number): Promise<void>;
  /** Stops the lanes; what is stored stays in the journal. */
  stop(): void;
}

export interface OutboxOptions {
  client: NativeClient;
  journal: Journal;
  outbound: OutboundStore;
  digests: Digests;
  ensureDm: EnsureDm;
  sendDeadlineMs: number;
  maxQueuedSends: number;
  now: () => number;
  random: () => number;
  onEvent: (event: MailboxEvent) => void;
  /** Told when publishing fails again and again, so that somebody may look at the network. */
  onStuck: (attempt: number) => void;
  /** Told of each conversation before something is sent there. */
  onUsed: (conversation: NativeConversation) => void;
}

/** What its caller knows of a send that is still looking for its conversation. */
interface Ticket {
  abandoned: boolean;
}

/** Lanes that talk to the network at the same time. */
const maxLanes = 8;

export function createOutbox(options: OutboxOptions): Outbox {
  const { client, journal, outbound, digests, now } = options;
  const stopped = new AbortController();
  const slots = createSlots(maxLanes);
  const lanes = new Map<string, Lane>();
  const items = new Set<OutboundItem>();
  const trackedAt = new WeakMap<OutboundItem, number>();
  const byKey = new Map<string, { requestDigest: string; item: Promise<OutboundItem> }>();
  let queued = 0;

  const storing = {
    client,
    journal,
    outbound,
    digests,
    now,
    findStored: findStoredMessage({ client, outbound, digests }),
  };

  const laneOf = (conversation: NativeConversation): Lane => {
    const id = conversation.id();
    let lane = lanes.get(id);
    if (lane === undefined) {
      lane = createLane({
        conversation,
        client,
        slots,
        signal: stopped.signal,
        random: options.random,
        store: (target, batch) => storeBatch(storing, target, batch),
        onSettled(item, state) {
          if (item.rowId !== null) outbound.settle(item.rowId, state, now());
        },
        onStuck(conversationId, attempt, error) {
          const details = { conversationId, attempt, reason: error === null ? null : sdkReason(error) };
          options.onEvent({ level: 'warn', name: 'publish-stuck', details });
          options.onStuck(attempt);
        },
        onIdle: () => lanes.delete(id),
      });
      lanes.set(id, lane);
    }
    return lane;
  };

  const track = (item: OutboundItem) => {
    items.add(item);
    trackedAt.set(item, performance.now());
    void item.settled.finally(() => items.delete(item));
  };

  const enqueue = async (request: SendRequest, requestDigest: string, ticket: Ticket): Promise<OutboundItem> => {
    const { text, contentType = 'text', replyTo = null, idempotencyKey = null, keepsKey = true } = request;
    const conversation = await findConversation({ client, ensureDm: options.ensureDm }, request.to);
    // Its caller was told that it was not and will not be sent.
    if (ticket.abandoned) throw mailboxError('NOT_SENT');
    options.onUsed(conversation);
    const content = { text: text.toWellFormed(), contentType, replyTo };
    const item = createOutboundItem({
      rowId: null,
      idempotencyKey,
      isDurable: idempotencyKey !== null && keepsKey,
      requestDigest,
      contentDigest: '',
      conversationId: conversation.id(),
      content,
      messageId: null,
    });
    track(item);
    laneOf(conversation).add(item);
    return item;
  };

  /** A send under a key is entered at once, so that a second caller with the key joins it wherever it stands. */
  const enter = (request: SendRequest, requestDigest: string, ticket: Ticket): Promise<OutboundItem> => {
    if (queued >= options.maxQueuedSends) throw mailboxError('TOO_BUSY');
    queued += 1;
    const item = enqueue(request, requestDigest, ticket);
    const { idempotencyKey } = request;
    if (idempotencyKey !== undefined) byKey.set(idempotencyKey, { requestDigest, item });
    const leave = () => {
      queued -= 1;
      if (idempotencyKey !== undefined) byKey.delete(idempotencyKey);
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

  const awaitResult = async (
    entering: Promise<OutboundItem>,
    /** Of the caller who began this send; `null` for one who joined it. */
    ticket: Ticket | null,
    signal: AbortSignal | undefined,
  ): Promise<SendResult> => {
    const replayed = ticket === null;
    const end = performance.now() + options.sendDeadlineMs;
    const left = () => Math.max(0, end - performance.now());
    const item = await waitAtMost(entering, left(), signal);
    if (item === null) {
      if (ticket !== null) ticket.abandoned = true;
      throw mailboxError('NOT_SENT');
    }
    const settlement = await waitAtMost(item.settled, left(), signal);
    if (settlement?.status === 'failed') throw settlement.error;
    if (settlement === null && item.messageId === null) {
      if (!replayed && withdraw(item)) throw mailboxError('NOT_SENT');
      await item.stored;
      if (item.messageId === null) throw mailboxError('NOT_SENT');
    }
    // Whoever is told "unknown" may count on the message being sent, so it must outlive this process.
    if (settlement === null) journal.flush();
    const { messageId, conversationId } = item;
    return { status: settlement?.status ?? 'unknown', messageId: messageId!, conversationId, replayed };
  };

  const withdraw = (item: OutboundItem): boolean => {
    const taken = lanes.get(item.conversationId)?.withdraw(item) ?? false;
    if (taken) item.settle({ status: 'failed', error: mailboxError('NOT_SENT') });
    return taken;
  };

  return {
    async send(request) {
      validateRequest(request);
      if (stopped.signal.aborted) throw mailboxError('CLOSED');
      request.signal?.throwIfAborted();
      const { idempotencyKey } = request;
      const requestDigest = idempotencyKey === undefined ? '' : digests.request(request);
      const { entry, row } = idempotencyKey === undefined ? {} : earlier(idempotencyKey, requestDigest);
      if (entry !== undefined) return await awaitResult(entry.item, null, request.signal);
      if (row?.state === 'failed') throw mailboxError('SEND_FAILED');
      if (row?.messageId !== undefined && row?.messageId !== null) {
        const { messageId, conversationId } = row;
        return { status: row.state === 'sent' ? 'sent' : 'unknown', messageId, conversationId, replayed: true };
      }
      const ticket: Ticket = { abandoned: false };
      return await awaitResult(enter(request, requestDigest, ticket), ticket, request.signal);
    },
    async recover() {
      outbound.prune(now());
      for (const { conversation, item } of await recoverOutbox({ client, journal, outbound, digests, now })) {
        track(item);
        queued += 1;
        const { idempotencyKey, requestDigest } = item;
        if (idempotencyKey !== null) byKey.set(idempotencyKey, { requestDigest, item: Promise.resolve(item) });
        void item.settled.finally(() => {
          queued -= 1;
          if (idempotencyKey !== null) byKey.delete(idempotencyKey);
        });
        laneOf(conversation).add(item);
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
    stop() {
      stopped.abort();
      for (const lane of lanes.values()) lane.tell();
      for (const item of items) {
        const isStored = item.messageId !== null;
        item.settle(isStored ? { status: 'unknown' } : { status: 'failed', error: mailboxError('CLOSED') });
      }
    },
  };
}
