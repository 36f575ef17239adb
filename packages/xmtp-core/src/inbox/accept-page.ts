import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Journal } from '../journal/open-journal.ts';
import type { Message } from '../sdk/native-types.ts';
import type { Admit, Envelope, InboundRecord, Verdict } from '../types.ts';
import { contentTypeName, inflatedSize } from './decode-message.ts';
import type { InboundStore } from './inbound-store.ts';
import type { PassedStore } from './passed-store.ts';
import type { ResolveSender } from './sender-identity.ts';

/** Where messages of a page belong. */
export interface PageConversation {
  /** The id that the agent knows, the same for duplicates of one direct message. */
  id: string;
  type: 'dm' | 'group';
}

export interface AcceptPageOptions {
  journal: Journal;
  inbound: InboundStore;
  passed: PassedStore;
  resolveSender: ResolveSender;
  admit: Admit;
  historicalAfterMs: number;
  now: () => number;
  /** By which messages are due. @default now */
  steady?: (() => number) | undefined;
  /** Called in order, after the journal is on disk. */
  onAccepted: (record: InboundRecord, message: Message) => void;
  onRefused: (envelope: Envelope, reason: string) => void;
}

/** What became of a page. `undecided`: a sender could not be looked up now; the rest of the page waits for that. */
export interface PageOutcome {
  accepted: number;
  refused: number;
  undecided: boolean;
}

export type AcceptPage = (conversation: PageConversation, messages: readonly Message[]) => Promise<PageOutcome>;

/** Decides on messages, in order, before any of their text is decoded; then writes the verdicts together. */
export function createAcceptPage(options: AcceptPageOptions): AcceptPage {
  const { journal, inbound, passed, resolveSender, now, steady = now } = options;

  const judge = async (envelope: Envelope): Promise<Verdict> => {
    try {
      return await options.admit(envelope);
    } catch {
      return { admit: false, reason: 'admission-failed' };
    }
  };

  return async (conversation, messages) => {
    const judged: { envelope: Envelope; verdict: Verdict; message: Message }[] = [];
    let undecided = false;
    for (const message of messages) {
      if (inbound.has(message.id) || passed.has(message.id)) continue;
      const senderAddresses = await resolveSender(message.senderInboxId).catch(() => null);
      if (senderAddresses === null) {
        undecided = true;
        break;
      }
      let size: number | undefined;
      const envelope: Envelope = {
        messageId: message.id,
        conversationId: conversation.id,
        conversationType: conversation.type,
        senderInboxId: message.senderInboxId,
        senderAddresses,
        contentType: contentTypeName(message.content),
        // Asked for once a sender may be heard at all: nothing of a stranger is inflated in closed mode.
        get contentBytes() {
          size ??= inflatedSize(message.content);
          return size;
        },
        sentAt: Number(message.sentAtNs / 1_000_000n),
      };
      judged.push({ envelope, verdict: await judge(envelope), message });
      // A page of messages that inflate to a megabyte each must not be one piece of work.
      if (size !== undefined && message.content.compression !== undefined) await nextTurn();
    }

    // From here to the flush nothing waits: nobody sees a position that a crash could give to another message.
    const accepted: { record: InboundRecord; message: Message }[] = [];
    const refused: { envelope: Envelope; reason: string }[] = [];
    const at = now();
    for (const { envelope, verdict, message } of judged) {
      // Duplicates of one direct message show the same rows, and may be scanned side by side.
      if (inbound.has(message.id) || passed.has(message.id)) continue;
      if (verdict.admit) {
        const historical = at - envelope.sentAt > options.historicalAfterMs;
        const record = inbound.insert({ ...envelope, sender: verdict.sender, receivedAt: at, historical }, steady());
        accepted.push({ record, message });
      } else {
        const { reason } = verdict;
        const { senderInboxId, senderAddresses } = envelope;
        passed.refuse(
          { messageId: message.id, insertedNs: message.insertedAtNs },
          { senderInboxId, senderAddresses, reason, at },
        );
        refused.push({ envelope, reason });
      }
    }
    if (accepted.length > 0) journal.flush();
    for (const { record, message } of accepted) options.onAccepted(record, message);
    for (const { envelope, reason } of refused) options.onRefused(envelope, reason);
    return { accepted: accepted.length, refused: refused.length, undecided };
  };
}
