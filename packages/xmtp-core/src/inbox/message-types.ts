import type { Address } from '../address.ts';
import type { DecodedContent } from '../content/decode-message.ts';
import type { Peer } from '../history/peer.ts';

/** What is known of a message before its content is looked at. */
export interface Envelope {
  /** 64 hexadecimal digits. */
  messageId: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** `dm` for a direct message. */
  conversationType: 'dm' | 'group';
  /** 64 hexadecimal digits. */
  senderInboxId: string;
  /**
   * The sender's Ethereum addresses, lower case, each of which maps back to `senderInboxId`; when `isAllowed` holds for none of
   * them, at most 16 as the sender claims them. A message is never accepted for a claim: `admit` is asked again first.
   */
  senderAddresses: readonly Address[];
  /** `authority/type:major.minor`, for example `xmtp.org/text:1.0`. */
  contentType: string;
  /** Size of the encoded content in bytes, inflated; measured when it is asked for. 1,000,001 for all that is larger. */
  readonly contentBytes: number;
  /** When the network stamped it, milliseconds since the epoch. */
  sentAt: number;
}

/**
 * Whether a message is heard. A drop is silent; `reason` is for the operator. `undecided`: neither, for now, because
 * something that the decision needs cannot be read. The message waits, is shown in the status by its reason, and `admit` is asked
 * again with each reconcile and on `reconsider`.
 */
export type Verdict =
  | {
      admit: true;
      /** `unknown`: heard in open mode, and on no list. */
      sender: 'allowlisted' | 'unknown';
      /** `false`: the message is recorded and listed, and starts no delivery. @default true */
      wakes?: boolean | undefined;
    }
  | { admit: false; reason: string; undecided?: boolean | undefined };

/** Decides before content is decoded. Throwing drops the message with reason `admission-failed`. */
export type Admit = (envelope: Envelope) => Verdict | Promise<Verdict>;

/** Where an accepted message stands on its way to the agent. `recorded`: it is listed, and wakes nobody. */
export type DeliveryState = 'pending' | 'delivered' | 'dead' | 'discarded' | 'recorded';

/** An accepted message, without its content. */
export interface InboundRecord extends Envelope {
  /** Position in the journal: unique, ascending, never reused. The cursor of `list`. */
  seq: number;
  /** As `admit` said when it was accepted. */
  sender: 'allowlisted' | 'unknown';
  /** When it was accepted, milliseconds since the epoch. */
  receivedAt: number;
  /** It was sent before its sender was admitted, and is shown because `knocks` is `shown`. */
  knock: boolean;
  /** It waited longer than `historicalAfterMs` before this mailbox saw it. */
  historical: boolean;
  /** When it disappears, milliseconds since the epoch; `null` when it stays. */
  expiresAt: number | null;
  /** Where it stands. */
  state: DeliveryState;
  /** Failed deliveries since it was accepted or replayed. */
  attempts: number;
  /** Earliest time of the next delivery attempt; `null` when there is none to come. */
  nextAttemptAt: number | null;
  /** Why the last attempt failed or was put off; `null` for none. Never text of the message. */
  lastError: string | null;
}

/** Who belongs to a message of a group, as far as is known without asking, at the time of reading and not of writing. */
export interface People {
  /** Everybody in it, this mailbox among them: they read what is answered there. `null` in a direct message, or not known. */
  members: readonly Peer[] | null;
  /** Those whom a change of the group names, in it or not, with their addresses. */
  named: readonly Peer[];
}

/** An accepted message with its content, decoded when asked for. */
export interface InboundMessage extends InboundRecord, DecodedContent, People {}
