import { createElapsedClock, createSteadyClock } from '@xmtp-messaging/errors';
import type { OpenedInbox } from '../inbox/open-inbox.ts';
import type { ConversationBook } from '../inbox/create-conversation-book.ts';
import type { Journal } from '../journal/open-journal.ts';
import { createKeyedNamePrune } from '../outbox/create-name-book.ts';
import type { OutboundStore } from '../outbox/create-outbound-store.ts';
import type { Conversation } from '../sdk/conversation.ts';
import { sdkReason } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { MailboxEvent, MailboxOptions } from '../types.ts';
import { createSweeper, type Sweeper } from './create-sweeper.ts';
import { retentionOf } from './retention-of.ts';
import { pruneJournal } from './prune-journal.ts';
import { pruneMessages } from './prune-messages.ts';
import { shrinkJournal } from './shrink-journal.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Removes what a home need not keep, as its options say. It begins when everything that there was is synced and read. */
export function openRetention(context: {
  options: MailboxOptions;
  client: Pick<NativeClient, 'inboxId' | 'conversationIds' | 'exactConversation' | 'deleteMessage'>;
  journal: Journal;
  outbound: OutboundStore;
  book: Pick<ConversationBook, 'get'>;
  inbox: Pick<OpenedInbox, 'parts' | 'receiver' | 'contents'>;
  now: () => number;
  random: () => number;
  onEvent: (event: MailboxEvent) => void;
}): Sweeper {
  const { options, client, journal, outbound, book, inbox, now, random, onEvent } = context;
  const { inbound, past, floors, waiting, texts, denied } = inbox.parts;
  const { journalMs, journalBytes, messagesMs } = retentionOf(options);
  const steady = createSteadyClock(now);
  const elapsed = since(createElapsedClock(now));
  const pruneNames = createKeyedNamePrune(journal);

  const isTooLarge = () => {
    const { all, free, bytes } = journal.pages();
    return journalBytes !== null && (all - free) * bytes > journalBytes;
  };

  /** A clock that is wrong at a start is set right within the day, and that shows. */
  const isTimeKnown = () => elapsed() > dayMs && Math.abs(now() - steady()) < hourMs;

  /** Those that are really synced: of another, older messages may still come. */
  const conversations = async (rest: () => Promise<void>): Promise<Conversation[]> => {
    const found: Conversation[] = [];
    for (const id of new Set([...client.conversationIds(), ...denied.all().map(({ groupId }) => groupId)])) {
      const booked = book.get(id);
      if (booked !== undefined && (booked.failures > 0 || booked.syncedAt === Number.NEGATIVE_INFINITY)) continue;
      const native = booked?.native ?? (await client.exactConversation(id));
      if (native !== null) found.push(native);
      if (found.length % 50 === 0) await rest();
    }
    return found;
  };

  return createSweeper({
    random,
    onFailure: (error) => onEvent({ level: 'warn', name: 'retention-failed', details: { reason: sdkReason(error) } }),
    async sweep({ rest, signal }) {
      const scannedNs = inbox.receiver.scannedNs();
      if (scannedNs === null) return;
      const time = Math.min(now(), steady());
      await pruneJournal(
        { now: time, until: journalMs === null ? null : time - journalMs, youngest: time - dayMs },
        { past, outbound, pruneNames, isTooLarge, rest, signal },
      );
      await shrinkJournal(journal, { rest, signal });
      if (messagesMs === null || signal.aborted) return;
      const toNs = (ms: number) => BigInt(Math.floor(ms)) * 1_000_000n;
      const bounds = { untilNs: toNs(time - messagesMs), nowNs: toNs(time), isTimeKnown: isTimeKnown(), scannedNs };
      const messages = await pruneMessages(await conversations(rest), bounds, {
        journal,
        floors,
        past,
        deleteMessage: client.deleteMessage,
        known: ({ id, senderInboxId }) => ({
          inbound: inbound.get(id),
          outbound: outbound.byMessage(id),
          isOwn: senderInboxId === client.inboxId,
          isElsewhere: waiting.has(id) || texts.has(id),
        }),
        forgetSend: (id) => outbound.forget(id),
        onDeleted: inbox.contents.forget,
        rest,
        signal,
      });
      if (messages > 0) onEvent({ level: 'info', name: 'messages-pruned', details: { messages } });
    },
  });
}

/** From now on. */
function since(clock: () => number): () => number {
  const start = clock();
  return () => clock() - start;
}
