import { setImmediate as nextTurn } from 'node:timers/promises';
import { charactersOf, contentTypeName, type DecodedContent } from '../content/decode-message.ts';
import { mailboxError } from '../errors.ts';
import type { PeopleOf } from '../inbox/create-member-book.ts';
import type { ConversationBook } from '../inbox/create-conversation-book.ts';
import type { InboundStore } from '../inbox/create-inbound-store.ts';
import type { OutboundRow, OutboundStore } from '../outbox/create-outbound-store.ts';
import type { Conversation, StoredMessage } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Address, InboundRecord } from '../types.ts';
import type { ConversationRow, ConversationStore } from './create-conversation-store.ts';
import type { ActivityReader } from './create-activity-reader.ts';
import type { SentReader } from './create-sent-reader.ts';
import type { Conversations, ConversationSummary, HistoryMessage, OutboundMessage } from './history-types.ts';
import { deliveryStateOf } from './delivery-state-of.ts';
import { boundsOf } from './bounds-of.ts';
import { checkPage } from './check-page.ts';
import { formatConversationPosition, parseConversationPosition } from './parse-conversation-position.ts';
import { formatPosition, type MessagePosition, parsePosition } from './parse-position.ts';
import { walkMessages } from './walk-messages.ts';

const maxPeers = 50;
const maxSent = 1_000;
/** Conversations that a page of the list looks at. */
const maxListRows = 1_000;
/** Characters of text after which a page ends; it holds at least one message. */
const maxPageText = 1_000_000;
/** Rows that a page looks at, shown or not: strangers in a group may have written thousands. */
const maxPageRows = 5_000;

/** A message's way into a page: ours, or admitted by the journal. Nothing else of the database is ever read out. */
export function createConversations(options: {
  client: Pick<NativeClient, 'inboxId' | 'conversation' | 'message' | 'expiries'>;
  book: Pick<ConversationBook, 'idOf' | 'all'>;
  store: ConversationStore;
  inbound: Pick<InboundStore, 'get' | 'has' | 'isDeleted'>;
  outbound: Pick<OutboundStore, 'byMessage'>;
  /** One of this inbox; `null` for any other. */
  findOwn: (messageId: string) => StoredMessage | null;
  sent: SentReader;
  activity: ActivityReader;
  read: (message: Pick<InboundRecord, 'messageId' | 'contentType' | 'expiresAt'>) => DecodedContent;
  /** Who belongs to the messages of one page. */
  people: () => PeopleOf;
  isAllowed: ((address: Address) => boolean) | undefined;
  isExpected: ((address: Address) => boolean) | undefined;
  /** Whether nobody at all is heard in a group. */
  isClosed: (groupId: string) => boolean;
}): Conversations {
  const { client, book, store, inbound, outbound, findOwn, sent, activity, read, isAllowed, isClosed } = options;
  const isExpected = options.isExpected ?? isAllowed;

  const find = async (id: string) => {
    const native = client.conversation(id);
    const known = native === null ? null : await book.idOf(native);
    return native === null || known === null ? null : { native, ...known };
  };

  const describe = async (id: string): Promise<ConversationSummary | null> => {
    const found = await find(id);
    if (found === null) return null;
    const { native, type } = found;
    const row = store.get(found.id);
    const members = await native.members();
    const others = members.filter(({ inboxId }) => inboxId !== client.inboxId);
    // Of a conversation with oneself, one is the peer.
    const peers = others.length === 0 && type === 'dm' ? members : others;
    const consent = native.consent();
    const mayBeHeard = ({ addresses }: (typeof members)[number]) =>
      addresses.some((address) => isAllowed?.(address as Address) ?? true);
    const createdAt = Number(native.createdAtNs() / 1_000_000n);
    return {
      id: found.id,
      type,
      title: type === 'group' ? native.title() || null : null,
      createdAt,
      lastActivityAt: row?.lastAt ?? createdAt,
      pending: row?.pending ?? 0,
      unread: row?.unread ?? 0,
      consent,
      isHeard: consent !== 'denied' && !(type === 'group' && isClosed(native.id)) && others.some(mayBeHeard),
      isKnown: others.some(({ addresses }) => addresses.some((address) => isExpected?.(address as Address) ?? true)),
      isMember: native.isMember(),
      members: members.length,
      peers: peers
        .slice(0, maxPeers)
        .map(({ inboxId, addresses }) => ({ inboxId, addresses: addresses as readonly Address[] })),
    };
  };

  const showInbound = async (record: InboundRecord, peopleOf: PeopleOf): Promise<HistoryMessage> => {
    const message = { ...record, ...read(record) };
    return asNow({ direction: 'in', ...message, ...(await peopleOf(message)) });
  };

  /** What was taken back while others were asked who is there is not shown any more. */
  const asNow = (message: HistoryMessage): HistoryMessage =>
    inbound.isDeleted(message.messageId) ? { ...message, ...read(message) } : message;

  const show = async (message: StoredMessage, conversation: Found, peopleOf: PeopleOf) => {
    const { id, senderInboxId } = message;
    if (senderInboxId !== client.inboxId) {
      const record = inbound.get(id);
      return record === null ? null : await showInbound(record, peopleOf);
    }
    return showOwn(id, message, outbound.byMessage(id), conversation);
  };

  /** One that is not in the database any more has disappeared in its time; nothing says of what type it was. */
  const showOwn = (
    messageId: string,
    message: StoredMessage | null,
    row: OutboundRow | null,
    { id: conversationId, type: conversationType }: Omit<Found, 'native'>,
  ): OutboundMessage => {
    const contentType = message === null ? 'unknown' : contentTypeName(message.content);
    const expiresAt = message === null ? null : client.expiries()(message.groupId, messageId);
    return {
      direction: 'out',
      seq: row?.id ?? null,
      messageId,
      conversationId,
      conversationType,
      senderInboxId: client.inboxId,
      contentType,
      sentAt: message === null ? (row?.createdAt ?? 0) : Number(message.sentAtNs / 1_000_000n),
      deliveryState: deliveryStateOf(message, row),
      idempotencyKey: row?.idempotencyKey ?? null,
      expiresAt,
      ...read({ messageId, contentType, expiresAt }),
    };
  };

  /** Without its conversation, what was sent belongs to a database that is gone. */
  const placeOf = async (groupId: string) => (await find(groupId)) ?? { id: groupId, type: 'dm' as const };

  const groupIdsOf = async (id: string): Promise<string[]> => {
    const found = await find(id);
    if (found === null) throw mailboxError('CONVERSATION_NOT_FOUND');
    const duplicates = book.all().flatMap((other) => (other.id === found.id ? [other.groupId] : []));
    return [id, found.id, found.native.id, ...duplicates];
  };

  return {
    async list(request = {}) {
      const { limit, newestFirst } = checkPage(request);
      const { onlyKnown = false } = request;
      const place = (bound: string | undefined) => (bound === undefined ? null : parseConversationPosition(bound));
      const range = { before: place(request.before), after: place(request.after) };
      const conversations: ConversationSummary[] = [];
      const seen: ConversationRow[] = [];
      for (;;) {
        const asked = limit - conversations.length;
        const rows = store.page({ newestFirst, ...range, limit: asked });
        for (const { id } of rows) {
          // One that only the journal knows belongs to a database that is gone.
          const summary = await describe(id);
          if (summary !== null && (!onlyKnown || summary.isKnown)) conversations.push(summary);
        }
        seen.push(...rows);
        const isFull = !onlyKnown || conversations.length === limit || seen.length >= maxListRows;
        if (rows.length < asked || isFull)
          return { conversations, ...boundsOf(seen, newestFirst, formatConversationPosition, rows.length === asked) };
        range[newestFirst ? 'before' : 'after'] = rows.at(-1)!;
      }
    },
    get: describe,
    async others(id) {
      const found = await find(id);
      if (found === null) return null;
      return (await found.native.members())
        .filter(({ inboxId }) => inboxId !== client.inboxId)
        .map(({ inboxId, addresses }) => ({ inboxId, addresses: addresses as readonly Address[] }));
    },
    async messages(id, request = {}) {
      const { limit, newestFirst } = checkPage(request);
      const found = await find(id);
      if (found === null) throw mailboxError('CONVERSATION_NOT_FOUND');
      // A place, too, is nothing but that of a message that is shown.
      const timeOf = (messageId: string) =>
        (inbound.has(messageId) ? client.message(messageId) : findOwn(messageId))?.sentAtNs ?? null;
      const place = (bound: string | undefined) => (bound === undefined ? null : parsePosition(bound, timeOf));
      const bounds = { before: place(request.before), after: place(request.after) };
      const messages: HistoryMessage[] = [];
      const peopleOf = options.people();
      let seen: MessagePosition[] = [];
      let rows = 0;
      let characters = 0;
      const page = (more: boolean) => ({
        messages: messages.map(asNow),
        ...boundsOf(seen, newestFirst, formatPosition, more),
      });
      // One more than a page, so that most pages are one read.
      const chunk = Math.min(limit + 1, 50);
      for await (const chunkRows of walkMessages(found.native, { newestFirst, ...bounds, chunk })) {
        for (const row of chunkRows) {
          if (messages.length === limit || rows === maxPageRows) return page(true);
          const message = await show(row, found, peopleOf);
          characters += message === null ? 0 : charactersOf(message);
          if (messages.length > 0 && message !== null && characters > maxPageText) return page(true);
          if (message !== null) messages.push(message);
          seen = [seen[0] ?? row, row];
          rows += 1;
        }
        await nextTurn();
      }
      return page(false);
    },
    async message(messageId) {
      const record = inbound.get(messageId);
      if (record !== null) return await showInbound(record, options.people());
      const row = outbound.byMessage(messageId);
      const stored = findOwn(messageId);
      const groupId = stored?.groupId ?? row?.conversationId;
      if (groupId === undefined) return null;
      return showOwn(messageId, stored, row, await placeOf(groupId));
    },
    async sent({ after = 0, before = Number.MAX_SAFE_INTEGER, limit = 100, order = 'asc', conversationId } = {}) {
      if (!Number.isInteger(limit) || limit < 1) {
        throw mailboxError('INVALID_REQUEST', { detail: 'limit must be a whole number from 1 to 1000.' });
      }
      const groupIds = conversationId === undefined ? undefined : await groupIdsOf(conversationId);
      const range = { after, before, newestFirst: order === 'desc', limit: Math.min(limit, maxSent), groupIds };
      const messages: (OutboundMessage & { seq: number })[] = [];
      for (const row of sent.read(range)) {
        const place = await placeOf(row.conversationId);
        messages.push({ ...showOwn(row.messageId, client.message(row.messageId), row, place), seq: row.id });
        await nextTurn();
      }
      return messages;
    },
    lastSeq: (id) => store.lastSeq(id),
    markRead: (id, seq) => store.read(id, seq),
    hours: (since) => activity.hours(since),
    unsettled: ({ limit = 100 } = {}) => activity.unsettled(limit),
    lastSent: () => activity.lastSent(),
  };
}

interface Found {
  native: Conversation;
  id: string;
  type: 'dm' | 'group';
}
