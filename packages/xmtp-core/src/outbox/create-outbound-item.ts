import type { MailboxError } from '../errors.ts';
import type { StoredContent } from '../sdk/conversation.ts';

/** How a send ended; `unknown`: this process ends before it did, the next one sees to it. */
export type Settlement = { status: 'sent' | 'unknown' } | { status: 'failed'; error: MailboxError };

/** A send on its way through a lane. */
export interface OutboundItem {
  /** Row in the journal; `null` before there is one. */
  rowId: number | null;
  idempotencyKey: string | null;
  /** Somebody may ask for it again after a crash, so it is on disk before anything is published. */
  isDurable: boolean;
  /** Empty without a key. */
  requestDigest: string;
  /** Empty until the message is stored together with others: only those are ever matched by it. */
  contentDigest: string;
  conversationId: string;
  /** `null` for what a restart found already stored: its text is not needed any more. */
  content: StoredContent | null;
  messageId: string | null;
  /** When it was journaled, milliseconds since the epoch. */
  createdAt: number;
  /** The SDK has been asked to store it: from here on it may be sent whatever happens. */
  isStoring: boolean;
  /** Resolves once the message has its id, or can never have one. */
  readonly stored: Promise<void>;
  readonly settled: Promise<Settlement>;
  markStored(): void;
  settle(settlement: Settlement): void;
}

export function createOutboundItem(
  facts: Pick<
    OutboundItem,
    | 'rowId'
    | 'idempotencyKey'
    | 'isDurable'
    | 'requestDigest'
    | 'contentDigest'
    | 'conversationId'
    | 'content'
    | 'messageId'
  >,
): OutboundItem {
  const stored = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<Settlement>();
  return {
    ...facts,
    createdAt: 0,
    isStoring: false,
    stored: stored.promise,
    settled: settled.promise,
    markStored: stored.resolve,
    settle(settlement) {
      stored.resolve();
      settled.resolve(settlement);
    },
  };
}
