/** Messages that were seen and neither accepted nor dropped, for one reason. */
export interface WaitingMessages {
  reason: string;
  count: number;
  /** When the first of them was seen, milliseconds since the epoch. */
  since: number;
}

/** The truth about a mailbox. `connected` holds only while the last sync succeeded and is recent. */
export interface MailboxStatus {
  state: 'starting' | 'connected' | 'degraded' | 'failed' | 'closed';
  /** Why the state is not `connected`: an error code, a sentence and what to do; `null` when it is. */
  reason: { code: string; message: string; hint?: string | undefined } | null;
  address: string;
  inboxId: string;
  installationId: string;
  env: string;
  /** Milliseconds since the epoch; `null` for never. */
  lastSyncAt: number | null;
  bell: { enabled: boolean; up: boolean; lastRingAt: number | null; since: number | null };
  inbox: {
    pending: number;
    dead: number;
    delivered: number;
    dropped: number;
    oldestPendingAt: number | null;
    /** What could not be decided on yet, by reason: `sender-unknown`, or one that `admit` gave. */
    waiting: WaitingMessages[];
  };
  /** `oldestUnsettledMs`: for how long the oldest message has been stored and not been published. */
  outbox: { queued: number; unsettled: number; oldestUnsettledMs: number | null };
  installations: { used: number; limit: number };
  identityUpdates: { used: number; limit: number; warning: boolean };
  lastError: { code: string; message: string; hint?: string | undefined; at: number } | null;
  /** What this home has lost and what follows from that. Empty when nothing. */
  losses: readonly HomeLoss[];
}

/** A part of the home that was begun anew. */
export interface HomeLoss {
  /** `JOURNAL_LOST` is shown for a week, `STATE_LOST` until the mailbox closes. */
  code: 'JOURNAL_LOST' | 'STATE_LOST';
  message: string;
}
