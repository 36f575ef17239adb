import { backoffMs } from '@xmtp-messaging/errors';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredMessage } from '../sdk/conversation.ts';
import type { Admit, Envelope, Verdict } from '../types.ts';
import { contentTypeName, inflatedSize } from '../content/decode-message.ts';
import type { PageConversation } from './page-conversation.ts';
import type { Standings } from './open-standings.ts';
import type { ResolveSender } from './create-sender-identity.ts';

/** A decision, why there is none, or `null` when nobody can be looked up now. */
export type Decision =
  | { envelope: Envelope; verdict: Verdict; knock?: boolean | undefined }
  | { undecided: string }
  | null;

/** Decides on one message before its text is decoded. */
export type DecideMessage = (conversation: PageConversation, message: StoredMessage) => Promise<Decision>;

/** He is heard now and was not when he sent it. */
export const sentBefore = 'sent-before-admission';

/** The operator refused to be in the group. */
export const groupRefused = 'group-refused';

/** The network answers for others and not for this sender. */
export const senderUnknown = 'sender-unknown';

const maxResting = 10_000;

export function createDecideMessage(options: {
  resolveSender: ResolveSender;
  admit: Admit;
  /** Whether the network answers questions of this kind at all. */
  isAnswering: () => Promise<boolean>;
  /** By the lists of when a message was sent. @default by those of now */
  standings?: Pick<Standings, 'judge'> | undefined;
  elapsed: () => number;
  random: () => number;
}): DecideMessage {
  const { resolveSender, admit, isAnswering, standings, elapsed, random } = options;
  /** Senders who could not be looked up while others could. */
  const resting = new Map<string, { failures: number; until: number }>();

  const ask = async (envelope: Envelope): Promise<Verdict> => {
    try {
      return await admit(envelope);
    } catch {
      return { admit: false, reason: 'admission-failed' };
    }
  };

  const rest = (inboxId: string) => {
    const failures = resting.get(inboxId)?.failures ?? 0;
    resting.delete(inboxId);
    const until = elapsed() + backoffMs(failures + 1, { baseMs: 15_000, maxMs: 3_600_000, random });
    resting.set(inboxId, { failures: failures + 1, until });
    for (const oldest of resting.keys()) {
      if (resting.size <= maxResting) break;
      resting.delete(oldest);
    }
  };

  const lookUp = async (inboxId: string, look: (id: string) => ReturnType<ResolveSender>) => {
    try {
      const found = await look(inboxId);
      resting.delete(inboxId);
      return found;
    } catch {
      if (!(await isAnswering())) return null;
      rest(inboxId);
      return senderUnknown;
    }
  };

  return async (conversation, message) => {
    const { senderInboxId } = message;
    if ((resting.get(senderInboxId)?.until ?? 0) > elapsed()) return { undecided: senderUnknown };
    const decide = async (look: (id: string) => ReturnType<ResolveSender>): Promise<Decision> => {
      const sender = await lookUp(senderInboxId, look);
      if (sender === null) return null;
      if (sender === senderUnknown) return { undecided: senderUnknown };
      let size: number | undefined;
      const envelope: Envelope = {
        messageId: message.id,
        conversationId: conversation.id,
        conversationType: conversation.type,
        senderInboxId,
        senderAddresses: sender.addresses,
        contentType: contentTypeName(message.content),
        // Asked for once a sender may be heard at all: nothing of a stranger is inflated in closed mode.
        get contentBytes() {
          size ??= inflatedSize(message.content);
          return size;
        },
        sentAt: Number(message.sentAtNs / 1_000_000n),
      };
      const verdict = await ask(envelope);
      // A page of messages that inflate to a megabyte each must not be one piece of work.
      if (size !== undefined && message.content.compression !== undefined) await nextTurn();
      if (!verdict.admit && verdict.undecided === true) return { undecided: verdict.reason };
      // Nobody is heard for an address that was not verified, whatever `admit` makes of it.
      if (verdict.admit && !sender.areVerified) return await decide(resolveSender.verified);
      const judgement = verdict.admit ? standings?.judge(envelope) : undefined;
      if (judgement === 'refused') return { envelope, verdict: { admit: false, reason: groupRefused } };
      if (judgement === 'dropped') return { envelope, verdict: { admit: false, reason: sentBefore } };
      return { envelope, verdict, knock: judgement === 'knock' };
    };
    return await decide(resolveSender);
  };
}
