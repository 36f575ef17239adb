import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSteadyClock } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { Inbox, InboundMessage, InboundRecord, KnockListOptions, KnockPage, MailboxEvent } from '../types.ts';
import { callable, checkOptions } from '../util/check-options.ts';
import { pageOf } from './page-of.ts';
import type { DecodedContent } from '../content/decode-message.ts';
import type { AttachmentPart } from '../content/find-attachments.ts';
import { deliverMessages } from './deliver-messages.ts';
import { deliverOptionsSchema } from './deliver-options-schema.ts';
import type { Delivery } from './deliver-types.ts';
import type { PeopleOf } from './create-member-book.ts';
import { createInboundReader } from './create-inbound-reader.ts';
import { findInbound } from './find-inbound.ts';
import type { InboundStore } from './create-inbound-store.ts';
import type { DroppedStore } from './create-dropped-store.ts';

/** The inbox as its users see it, and the bell rope for those who fill it. */
export interface InboxParts {
  inbox: Inbox;
  /** Tells subscribers. Call it only after the journal was flushed. */
  announce: (record: InboundRecord) => void;
  /** Breaks deliveries off, for good. */
  stopDelivery: () => Promise<void>;
}

export function createInbox(options: {
  journal: Journal;
  inbound: InboundStore;
  dropped: DroppedStore;
  /** @default nobody knocked */
  knocks?: ((options: KnockListOptions & { limit: number }) => Promise<KnockPage>) | undefined;
  attachments: (message: Pick<InboundRecord, 'messageId' | 'expiresAt'>) => AttachmentPart[];
  /** One of this inbox. @default there is none */
  findOwn?: ((messageId: string) => Pick<InboundRecord, 'messageId' | 'expiresAt'> | null) | undefined;
  read: (record: InboundRecord) => DecodedContent;
  /** Who belongs to the messages of one page. @default nobody is known */
  people?: (() => PeopleOf) | undefined;
  forget: (messageId: string) => void;
  /** A listener that throws must not keep the others, or further messages, from being heard of. */
  onListenerFailure: (error: unknown) => void;
  /** Told what becomes of deliveries. @default nobody */
  onEvent?: ((event: MailboxEvent) => void) | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
  now: () => number;
  /** By which messages are due; that of `decidePage`. @default one of `now` */
  steady?: (() => number) | undefined;
}): InboxParts {
  const { journal, inbound, dropped, read, forget, now } = options;
  const {
    people = () => nobody,
    steady = createSteadyClock(now),
    onEvent = () => undefined,
    random = Math.random,
  } = options;
  const reader = createInboundReader(journal);
  let delivery: Delivery | null = null;
  let isClosed = false;
  // Due times are kept by a clock that nobody can set; what an earlier process wrote is due at once.
  inbound.wakeAll(steady());
  // Whole milliseconds: the journal takes no fractions, which the elapsed clock has.
  const steadyTime = (time: number) => steady() + Math.max(0, Math.ceil(time - now()));
  const listeners = new Set<(record: InboundRecord) => void>();
  /** What was taken back while others were asked who is there is not handed out any more. */
  const asNow = (message: InboundMessage): InboundMessage =>
    inbound.isDeleted(message.messageId) ? { ...message, ...read(message) } : message;
  const withContent = async (record: InboundRecord, peopleOf = people()): Promise<InboundMessage> => {
    const message = { ...record, ...read(record) };
    return asNow({ ...message, ...(await peopleOf(message)) });
  };
  /** One at a time: together they may hold as many megabytes as there are messages. */
  const withContents = async (records: readonly InboundRecord[]): Promise<InboundMessage[]> => {
    const messages: InboundMessage[] = [];
    const peopleOf = people();
    for (const record of records) {
      messages.push(await withContent(record, peopleOf));
      await nextTurn();
    }
    return messages.map(asNow);
  };
  const announce = (record: InboundRecord) => {
    for (const listener of listeners) {
      try {
        listener(record);
      } catch (error) {
        options.onListenerFailure(error);
      }
    }
  };

  const revive = (messageIds: readonly string[]): number => {
    const change = { state: 'pending', attempts: 'reset', nextAttemptAt: steady(), lastError: null } as const;
    const moved = messageIds.filter((id) => inbound.move(id, ['dead'], change));
    if (moved.length > 0) journal.flush();
    for (const id of moved) {
      const record = inbound.get(id);
      if (record !== null) announce(record);
    }
    return moved.length;
  };

  const inbox: Inbox = {
    async list(listOptions = {}) {
      const limit = clampLimit(listOptions.limit ?? 100);
      return await withContents(await findInbound(reader, { ...listOptions, limit }));
    },
    async get(messageId) {
      const record = inbound.get(messageId);
      return record === null ? null : await withContent(record);
    },
    attachments(messageId) {
      const message = inbound.get(messageId) ?? options.findOwn?.(messageId) ?? null;
      return message === null ? null : options.attachments(message);
    },
    attached: async (messageId, { limit = 100 } = {}) =>
      await withContents(inbound.attached(messageId, clampLimit(limit))),
    deliver(handler, deliverOptions = {}) {
      if (isClosed) throw mailboxError('CLOSED');
      checkOptions(callable, handler);
      checkOptions(deliverOptionsSchema, deliverOptions);
      if (delivery !== null && delivery.status().state !== 'stopped') {
        throw mailboxError('INVALID_REQUEST', { detail: 'Deliveries are running already; stop them first.' });
      }
      delivery = deliverMessages(handler, { ...deliverOptions, inbox, onEvent, now, random });
      return delivery;
    },
    async due({ limit = 100 } = {}) {
      const messages = await withContents(inbound.due(steady(), clampLimit(limit)));
      // Whoever settled one meanwhile must not be given it again.
      return messages.filter(({ messageId, attempts, nextAttemptAt }) => {
        const current = inbound.get(messageId);
        return current?.state === 'pending' && current.attempts === attempts && current.nextAttemptAt === nextAttemptAt;
      });
    },
    nextDueAt() {
      const time = inbound.nextDueAt();
      return time === null ? null : now() + time - steady();
    },
    ack(messageId) {
      const record = inbound.get(messageId);
      if (record === null) return false;
      // An operator's discard stands; anything else the agent has now taken.
      if (record.state === 'pending' || record.state === 'dead') {
        inbound.move(messageId, [record.state], {
          state: 'delivered',
          attempts: 'keep',
          nextAttemptAt: null,
          lastError: null,
        });
        forget(messageId);
      }
      return true;
    },
    retryLater: (messageId, { error, retryAt }) =>
      inbound.move(messageId, ['pending'], {
        state: 'pending',
        attempts: 'add',
        nextAttemptAt: steadyTime(retryAt),
        lastError: error,
      }),
    postpone: (messageId, { reason, until }) =>
      inbound.move(messageId, ['pending'], {
        state: 'pending',
        attempts: 'keep',
        nextAttemptAt: steadyTime(until),
        lastError: reason,
      }),
    wakeAll: () => inbound.wakeAll(steady()),
    bury: (messageId, error) =>
      inbound.move(messageId, ['pending'], { state: 'dead', attempts: 'add', nextAttemptAt: null, lastError: error }),
    replay: (messageId) => revive([messageId]) === 1,
    replayAll({ limit: most = 1_000 } = {}) {
      const limit = clampLimit(most);
      const oldest = { after: 0, before: Number.MAX_SAFE_INTEGER, newestFirst: false, limit };
      return revive(reader.read({ ...oldest, states: ['dead'] }).map((record) => record.messageId));
    },
    discard: (messageId) =>
      inbound.move(messageId, ['dead'], {
        state: 'discarded',
        attempts: 'keep',
        nextAttemptAt: null,
        lastError: null,
      }),
    lastSeq: () => inbound.lastSeq(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dropped: ({ limit = 100 } = {}) => dropped.dropped(clampLimit(limit)),
    droppedPage({ limit = 100, after, whose } = {}) {
      const rows = dropped
        .dropped()
        .filter(({ isStranger }) => whose === undefined || isStranger === (whose === 'stranger'));
      const page = pageOf(rows, {
        after,
        limit: clampLimit(limit),
        placeOf: (row) => ({
          isKnown: !row.isStranger,
          lastAt: row.lastAt,
          id: `${row.senderInboxId}:${row.reason}`,
        }),
      });
      return { dropped: page.rows, next: page.next };
    },
    knocks: async ({ limit = 100, ...asked } = {}) =>
      (await options.knocks?.({ ...asked, limit: clampLimit(limit) })) ?? {
        knocks: [],
        next: null,
        total: { senders: 0, groups: 0 },
      },
  };
  const stopDelivery = async () => {
    isClosed = true;
    await delivery?.stop({ timeoutMs: 0 });
  };
  return { inbox, announce, stopDelivery };
}

const nobody: PeopleOf = async () => ({ members: null, named: [] });

function clampLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1) {
    throw mailboxError('INVALID_REQUEST', { detail: 'limit must be a whole number from 1 to 1,000.' });
  }
  return Math.min(limit, 1_000);
}
