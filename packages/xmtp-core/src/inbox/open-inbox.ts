import { createElapsedClock, createSteadyClock } from '@xmtp-messaging/errors';
import type { Journal } from '../journal/open-journal.ts';
import type { StoredMessage } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { MailboxStatus } from '../health/status-types.ts';
import type { InboundRecord, Inbox, MailboxEvent, MailboxOptions } from '../types.ts';
import { createDecidePage } from './create-decide-page.ts';
import type { ConversationBook } from './create-conversation-book.ts';
import { createDeniedStore, type DeniedStore } from './create-denied-store.ts';
import { createInbox } from './create-inbox.ts';
import { createReceiver } from './create-receiver.ts';
import type { Receiver } from './receiver-types.ts';
import { createDecideMessage } from './create-decide-message.ts';
import { shortTypeOf } from '../content/content-type-ids.ts';
import { deletionTarget, targetOf } from '../content/target-of.ts';
import { type ContentReader, createContentReader } from '../content/create-content-reader.ts';
import type { PeopleOf } from './create-member-book.ts';
import { createInboundStore, type InboundStore } from './create-inbound-store.ts';
import { createConsentKeeper } from './create-consent-keeper.ts';
import { createDroppedTexts, dayMs, type DroppedTexts } from './create-dropped-texts.ts';
import { createGroupStanding, isClosed } from './create-group-standing.ts';
import { openStandings } from './open-standings.ts';
import { createDroppedStore } from './create-dropped-store.ts';
import { createFindOwn } from './create-find-own.ts';
import { accountFor } from './account-for.ts';
import { createConversationRescue } from './create-conversation-rescue.ts';
import { hasCursor, writeCursor } from './scan-cursor.ts';
import { listKnocks } from './list-knocks.ts';
import { createSenderIdentity } from './create-sender-identity.ts';
import { createWaitingStore, type WaitingStore } from './create-waiting-store.ts';
import { createFloors, type Floors } from '../retention/create-floors.ts';
import { createPastStore, type PastStore } from '../retention/create-past-store.ts';
import { retentionOf } from '../retention/retention-of.ts';
import { withPast } from '../retention/with-past.ts';

/** Bytes of content that are decoded as soon as they are admitted. */
const smallBytes = 16_384;

/** Everything that has to do with messages coming in. */
export interface OpenedInbox {
  inbox: Inbox;
  receiver: Receiver;
  contents: ContentReader;
  inbound: InboundStore;
  /** Its parts of the journal, for what removes from them. */
  parts: {
    inbound: InboundStore;
    past: PastStore;
    floors: Floors;
    waiting: WaitingStore;
    texts: DroppedTexts;
    denied: DeniedStore;
  };
  /** A message of this inbox; `null` for any other. */
  findOwn: ReturnType<typeof createFindOwn>;
  counts: () => Pick<MailboxStatus, 'inbox' | 'conversations'>;
  stop: () => void;
  stopDelivery: () => Promise<void>;
}

export async function openInbox(context: {
  options: MailboxOptions;
  client: NativeClient;
  journal: Journal;
  book: ConversationBook;
  /** Whether this home was registered just now, so that its database holds nothing of before. */
  isNew: boolean;
  people: () => PeopleOf;
  now: () => number;
  random: () => number;
  onEvent: (event: MailboxEvent) => void;
  onFound: (groupIds: readonly string[]) => void;
}): Promise<OpenedInbox> {
  const { options, client, journal, book, now, random, onEvent, onFound } = context;
  const { historicalAfterMs = 3_600_000 } = options;
  // A journal that was lost must not bring back all of the past: only what may not have been handled yet.
  if (!context.isNew && !hasCursor(journal)) writeCursor(journal, now() - historicalAfterMs);

  const past = createPastStore(journal);
  const floors = createFloors(journal);
  const inbound = withPast(createInboundStore(journal), { past, find: (id) => client.message(id) });
  const dropped = createDroppedStore(journal);
  const denied = createDeniedStore(journal);
  const waiting = createWaitingStore(journal);
  const elapsed = createElapsedClock(now);
  const contents = createContentReader({
    client,
    // Of what this inbox wrote the journal hears nothing: another client of it may have taken that back.
    isDeleted: (id) => (inbound.has(id) ? inbound.isDeleted(id) : client.deletion(id) !== null),
    now,
  });
  const onListenerFailure = (error: unknown) => {
    const name = error instanceof Error ? error.name : typeof error;
    onEvent({ level: 'error', name: 'listener-failed', details: { error: name } });
  };
  const steady = createSteadyClock(now);
  // No text outlasts those of messages.
  const keepMs = Math.min(options.droppedTextMs ?? 30 * dayMs, retentionOf(options).messagesMs ?? Infinity);
  const texts = createDroppedTexts({
    journal,
    deleteMessage: (id) => client.deleteMessage(id),
    keepMs,
    bytesPerDay: options.strangerBytesPerDay ?? 20_000_000,
    steady,
  });
  const findOwn = createFindOwn({ client, texts });
  const { inbox, announce, stopDelivery } = createInbox({
    journal,
    inbound,
    dropped,
    knocks: (asked) => {
      const isKnown = options.isExpected ?? options.isAllowed ?? (() => false);
      return listKnocks({ client, dropped, denied, isKnown, ...asked });
    },
    read: contents.read,
    people: context.people,
    attachments: contents.attachments,
    findOwn(messageId) {
      const message = findOwn(messageId);
      return message === null ? null : { messageId, expiresAt: client.expiries()(message.groupId, messageId) };
    },
    forget: contents.forget,
    onListenerFailure,
    onEvent,
    random,
    now,
    steady,
  });

  const onAdmitted = (record: InboundRecord, message: StoredMessage) => {
    const { messageId, conversationId, historical } = record;
    // Others are decoded one by one, when they are read: a page of the largest must not be one piece of work.
    if (record.contentBytes <= smallBytes) contents.keep(message);
    const type = shortTypeOf(record.contentType);
    const details = { messageId, conversationId, historical, type, wakes: record.state === 'pending' };
    onEvent({ level: 'info', name: 'message-admitted', details });
    announce(record);
  };
  const { groupPolicy } = options;
  const standingOf = createGroupStanding(groupPolicy);
  const { standings, changedWhileClosed } = await openStandings({
    journal,
    lists: options.lists,
    groupPolicy,
    refused: denied.refused,
    knocks: options.knocks ?? 'dropped',
    keepMs,
    lostUntil: dropped.lostUntil,
    steady,
  });
  const decidePage = createDecidePage({
    journal,
    texts,
    isExpected: options.isExpected ?? options.isAllowed,
    isClosed: (groupId) => isClosed(standingOf(groupId)),
    inbound,
    dropped,
    waiting,
    floors,
    decide: createDecideMessage({
      resolveSender: createSenderIdentity({ source: client, mayBeHeard: options.isAllowed, elapsed }),
      admit: options.admit,
      standings,
      isAnswering: () =>
        client.fetchIdentity(client.inboxId).then(
          () => true,
          () => false,
        ),
      elapsed,
      random,
    }),
    historicalAfterMs,
    now,
    steady,
    targetOf,
    expiries: () => client.expiries(),
    deletionOf(message) {
      const messageId = deletionTarget(message);
      const deletion = messageId === null ? null : client.deletion(messageId);
      return messageId === null || deletion === null
        ? null
        : { messageId, by: deletion.byAdmin ?? message.senderInboxId };
    },
    onDeleted(messageId) {
      contents.forget(messageId);
      onEvent({ level: 'info', name: 'message-deleted', details: { messageId } });
    },
    onAdmitted,
    onDropped({ messageId, conversationId, senderInboxId }, reason) {
      const details = { messageId, conversationId, senderInboxId, reason };
      onEvent({ level: 'info', name: 'message-dropped', details });
    },
  });
  const rescue = createConversationRescue({ client, elapsed, random, onEvent });
  const receiver = createReceiver({
    client,
    journal,
    dropped,
    waiting,
    book,
    decidePage,
    consent: createConsentKeeper({
      client,
      denied,
      isAllowed: options.isAllowed,
      isExpected: options.isExpected,
      standingOf,
      elapsed,
      steady,
      onFetched: (native) => accountFor(native, { ownInboxId: client.inboxId, inbound, texts }),
      onDenied: (groupId) => dropped.markAtLeast(texts.sendersIn(groupId)),
      onEvent,
    }),
    rescue,
    texts,
    standings,
    changedWhileClosed,
    withChanges: options.groupChanges === true,
    onFound,
    now,
    elapsed,
  });
  return {
    inbox,
    receiver,
    contents,
    inbound,
    parts: { inbound, past, floors, waiting, texts, denied },
    findOwn,
    counts: () => ({
      inbox: { ...inbound.counts(), dropped: dropped.total(), waiting: waiting.summary() },
      conversations: {
        open: book.size(),
        denied: denied.all().length,
        deniedGroups: denied.all().filter(({ type }) => type === 'group').length,
      },
    }),
    stop() {
      rescue.stop();
      try {
        standings.seen();
      } catch {
        // The journal tells of it. The next start then judges by what was seen before.
      }
    },
    stopDelivery,
  };
}
