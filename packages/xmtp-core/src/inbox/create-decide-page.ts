import type { Journal } from '../journal/open-journal.ts';
import type { StoredMessage } from '../sdk/conversation.ts';
import type { ExpiryOf } from '../sdk/create-expiries.ts';
import type { Address, Envelope, InboundRecord, Verdict } from '../types.ts';
import { type DecideMessage, senderUnknown } from './create-decide-message.ts';
import type { PageConversation } from './page-conversation.ts';
import type { InboundStore } from './create-inbound-store.ts';
import type { DroppedStore } from './create-dropped-store.ts';
import type { DroppedTexts } from './create-dropped-texts.ts';
import type { WaitingStore } from './create-waiting-store.ts';
import type { Floors } from '../retention/create-floors.ts';

export interface DecidePageOptions {
  journal: Journal;
  inbound: InboundStore;
  dropped: DroppedStore;
  waiting: WaitingStore;
  /** Up to where everything is settled for good. @default nowhere */
  floors?: Pick<Floors, 'covers'> | undefined;
  /** Keeps account of the texts of what is dropped. @default nobody does */
  texts?: Pick<DroppedTexts, 'add'> | undefined;
  /** Whether the operator knows an address. @default none */
  isExpected?: ((address: Address) => boolean) | undefined;
  /** Whether nobody at all is heard in a group. @default in none */
  isClosed?: ((groupId: string) => boolean) | undefined;
  decide: DecideMessage;
  historicalAfterMs: number;
  now: () => number;
  /** By which messages are due. @default now */
  steady?: (() => number) | undefined;
  /** The message that this one belongs to, such as the one that it reacts to; `null` for none. @default null */
  targetOf?: ((message: StoredMessage) => string | null) | undefined;
  /** When the messages of one page disappear. @default they stay */
  expiries?: (() => ExpiryOf) | undefined;
  /** Which message this one takes back, and by whom, if it may; `null` when it takes none back. @default null */
  deletionOf?: ((message: StoredMessage) => { messageId: string; by: string } | null) | undefined;
  /** Called after the journal is on disk. */
  onDeleted?: ((messageId: string) => void) | undefined;
  /** Called in order, when what is in the journal may be seen. */
  onAdmitted: (record: InboundRecord, message: StoredMessage) => void;
  onDropped: (envelope: Envelope, reason: string) => void;
}

/** What became of a page. */
export interface PageOutcome {
  admitted: number;
  dropped: number;
  /** Messages that wait for a decision and are in the journal. */
  waiting: number;
  /** The newest stamp of the network among what was seen for the first time, nanoseconds; `null` for none. */
  newestNs: bigint | null;
  /** Why the first of them does. */
  reason?: string | undefined;
  /** Nobody could be looked up, or no more may wait: the rest of the page was not looked at, and must be read again. */
  undecided: boolean;
}

/** @param since When messages that waited were first seen, by id: they are decided on again. */
export type DecidePage = (
  conversation: PageConversation,
  messages: readonly StoredMessage[],
  since?: ReadonlyMap<string, number>,
) => Promise<PageOutcome>;

/** Messages that may wait for a decision, together, and of one sender who cannot be looked up. */
const maxWaiting = 10_000;
const maxUnknown = 100;

/**
 * Decides on messages, in order, before any of their text is decoded; then writes the verdicts together. One that cannot be
 * decided on waits, and its sender's next ones behind it; those of others do not.
 */
export function createDecidePage(options: DecidePageOptions): DecidePage {
  const {
    journal,
    inbound,
    dropped,
    waiting,
    floors,
    texts,
    isExpected = () => false,
    isClosed = () => false,
    decide,
    now,
    steady = now,
  } = options;
  const isDecided = (id: string) => inbound.has(id) || dropped.has(id);
  /** Deleted once, and brought back by something. What waits was never deleted. */
  const isGone = ({ groupId, sentAtNs }: StoredMessage) => floors?.covers(groupId, sentAtNs) === true;

  return async (conversation, messages, since) => {
    const { groupId } = conversation;
    const looked: StoredMessage[] = [];
    const decided: { envelope: Envelope; verdict: Verdict; knock?: boolean | undefined; message: StoredMessage }[] = [];
    const undecided: { message: StoredMessage; reason: string }[] = [];
    const held = new Map<string, string>();
    const mayWait = maxWaiting - waiting.count();
    const deleted: string[] = [];
    let isCutOff = false;
    for (const message of messages) {
      const { id, senderInboxId } = message;
      if (isDecided(id) || (since === undefined && (waiting.has(id) || isGone(message)))) continue;
      looked.push(message);
      const earlier = since === undefined ? waiting.reasonFor(groupId, senderInboxId) : null;
      const behind = held.get(senderInboxId) ?? earlier;
      const decision = behind === null ? await decide(conversation, message) : { undecided: behind };
      if (decision === null) {
        isCutOff = true;
        break;
      }
      if ('verdict' in decision) {
        decided.push({ ...decision, message });
        continue;
      }
      const { undecided: reason } = decision;
      held.set(senderInboxId, reason);
      if (since?.has(id) !== true && undecided.length >= mayWait) {
        isCutOff = true;
        break;
      }
      undecided.push({ message, reason });
    }

    // From here to the commit nothing waits: nobody sees a position that a crash could give to another message.
    const admitted: { record: InboundRecord; message: StoredMessage }[] = [];
    const drops: { envelope: Envelope; reason: string }[] = [];
    const at = now();
    const dueAt = steady();
    const expiryOf = options.expiries?.();
    const drop = (
      envelope: Pick<Envelope, 'messageId' | 'senderInboxId' | 'senderAddresses'>,
      reason: string,
      m: StoredMessage,
    ) => {
      const { senderInboxId, senderAddresses } = envelope;
      const isStranger = !senderAddresses.some((address) => isExpected(address));
      const drop_ = { senderInboxId, senderAddresses, reason, at, conversationType: conversation.type, isStranger };
      dropped.drop({ messageId: m.id, insertedNs: m.insertedAtNs }, drop_);
      const isOutside = conversation.type === 'group' && isClosed(groupId);
      texts?.add(conversation, m, isStranger ? 'stranger' : isOutside ? 'outside' : 'known');
    };
    for (const { envelope, verdict, knock, message } of decided) {
      // Duplicates of one direct message show the same rows, and may be scanned side by side.
      if (isDecided(message.id)) continue;
      waiting.remove(message.id);
      if (verdict.admit) {
        const historical = (since?.get(message.id) ?? at) - envelope.sentAt > options.historicalAfterMs;
        const record = inbound.insert(
          {
            ...envelope,
            sender: verdict.sender,
            receivedAt: at,
            historical,
            knock,
            targetId: options.targetOf?.(message),
            expiresAt: expiryOf?.(message.groupId, message.id),
          },
          verdict.wakes === false ? null : dueAt,
        );
        admitted.push({ record, message });
      } else if (message.isChange === true) {
        // Nobody wrote it: it counts against no sender.
        dropped.skip({ messageId: message.id, insertedNs: message.insertedAtNs });
      } else {
        drop(envelope, verdict.reason, message);
        drops.push({ envelope, reason: verdict.reason });
      }
    }
    let added = 0;
    for (const { message, reason } of undecided) {
      const { id: messageId, senderInboxId } = message;
      if (isDecided(messageId) || waiting.has(messageId)) continue;
      if (reason === senderUnknown && waiting.count(senderInboxId) >= maxUnknown) {
        drop({ messageId, senderInboxId, senderAddresses: [] }, reason, message);
        continue;
      }
      const { id: conversationId, type: conversationType } = conversation;
      waiting.add({ messageId, groupId, conversationId, conversationType, senderInboxId, reason, since: at });
      added += 1;
    }
    for (const message of looked) {
      const deletion = options.deletionOf?.(message);
      if (deletion && inbound.noteDeletion(deletion.messageId, deletion.by, at)) deleted.push(deletion.messageId);
    }
    if (added > 0 || deleted.length > 0) journal.flush();
    const last = admitted.at(-1);
    if (last !== undefined) {
      inbound.reserve(last.record.seq);
      journal.commit();
    }
    for (const messageId of deleted) options.onDeleted?.(messageId);
    for (const { record, message } of admitted) options.onAdmitted(record, message);
    for (const { envelope, reason } of drops) options.onDropped(envelope, reason);
    return {
      admitted: admitted.length,
      dropped: drops.length,
      waiting: undecided.length,
      newestNs:
        since === undefined
          ? (looked
              .map(({ sentAtNs }) => sentAtNs)
              .toSorted((a, b) => (a < b ? -1 : 1))
              .at(-1) ?? null)
          : null,
      reason: undecided[0]?.reason,
      undecided: isCutOff,
    };
  };
}
