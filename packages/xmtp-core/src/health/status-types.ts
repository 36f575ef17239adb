import type { GovernorFacts } from '../governor/types.ts';

/** Messages that were seen and neither accepted nor dropped, for one reason. */
export interface WaitingMessages {
  reason: string;
  count: number;
  /** When the first of them was seen, milliseconds since the epoch. */
  since: number;
}

/** What a mailbox does, each by itself: hears the network, sends, learns who senders are, writes its own files. */
export type Direction = 'receiving' | 'sending' | 'identity' | 'storage';

/** What the last real work of a direction showed; `unknown` before there was any. Times in milliseconds since the epoch. */
export interface DirectionStatus {
  state: 'ok' | 'failing' | 'unknown';
  lastOkAt: number | null;
  /** Why it is failing. */
  error: { code: string; message: string; at: number } | null;
}

/** Calls that are left by our count; `null` where the network has no known limit. */
export interface BudgetStatus extends Pick<GovernorFacts, 'reads' | 'writes' | 'calls' | 'refusals' | 'waiting'> {
  /** Calls of the last minute, and how many the SDK lets through. */
  minute: { used: number; limit: number };
  /** No call is made before, milliseconds since the epoch; `null` when calls are made. */
  silentUntil: number | null;
}

/**
 * The truth about a mailbox. `connected` holds only while the last sync is recent and the last real work of every
 * direction succeeded. `rate-limited`: no call is made, so that the network takes some again; see `budget`.
 */
export interface MailboxStatus {
  state: 'starting' | 'connected' | 'degraded' | 'rate-limited' | 'failed' | 'closed';
  /** Why the state is not `connected`: an error code, a sentence and what to do; `null` when it is. */
  reason: { code: string; message: string; hint?: string | undefined } | null;
  address: string;
  inboxId: string;
  installationId: string;
  env: string;
  directions: Record<Direction, DirectionStatus>;
  budget: BudgetStatus;
  /** Milliseconds since the epoch; `null` for never. */
  lastSyncAt: number | null;
  bell: {
    enabled: boolean;
    up: boolean;
    lastRingAt: number | null;
    since: number | null;
    /** Why it is down, in the network's or the socket's words. */
    reason: string | null;
  };
  inbox: {
    pending: number;
    dead: number;
    delivered: number;
    dropped: number;
    oldestPendingAt: number | null;
    /** What could not be decided on yet, by reason: `sender-unknown`, or one that `admit` gave. */
    waiting: WaitingMessages[];
  };
  /** Conversations that are listened to, and those in which nobody may be heard, whose messages are not fetched. */
  /** `deniedGroups`: those of the denied that are groups, in which nobody may be heard. */
  conversations: { open: number; denied: number; deniedGroups: number };
  /** `oldestUnsettledMs`: for how long the oldest message has been stored and not been published. */
  outbox: { queued: number; unsettled: number; oldestUnsettledMs: number | null };
  installations: { used: number; limit: number };
  identityUpdates: { used: number; limit: number; warning: boolean };
  lastError: { code: string; message: string; hint?: string | undefined; at: number } | null;
  storage: StorageStatus;
  /** What this home has lost and what follows from that. Empty when nothing. */
  losses: readonly HomeLoss[];
}

/** What the files of this home take on the disk, with SQLite's logs. */
export interface StorageStatus {
  /** `xmtp.db`: the messages. It does not shrink: what is deleted makes room for what comes. */
  databaseBytes: number;
  /** `journal.db`: ids and states. */
  journalBytes: number;
}

/** A part of the home that was begun anew, or that a copy had to replace. */
export interface HomeLoss {
  /** `JOURNAL_LOST`, `JOURNAL_RESTORED` and `HOME_RESTORED` are shown for a week, `STATE_LOST` until the mailbox closes. */
  code: 'JOURNAL_LOST' | 'JOURNAL_RESTORED' | 'HOME_RESTORED' | 'STATE_LOST';
  message: string;
}
