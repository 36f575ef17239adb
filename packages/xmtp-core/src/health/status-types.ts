import type { GovernorFacts } from '../governor/types.ts';

/** Messages that were seen and neither accepted nor dropped, for one reason. */
export interface WaitingMessages {
  /** `sender-unknown`, or one that `admit` gave. */
  reason: string;
  /** Messages. */
  count: number;
  /** When the first of them was seen, milliseconds since the epoch. */
  since: number;
}

/** What a mailbox does, each by itself: hears the network, sends, learns who senders are, writes its own files. */
export type Direction = 'receiving' | 'sending' | 'identity' | 'storage';

/** What the last real work of a direction showed; `unknown` before there was any. Times in milliseconds since the epoch. */
export interface DirectionStatus {
  /** `failing`: the last work of some kind failed, and nothing of that kind succeeded since. */
  state: 'ok' | 'failing' | 'unknown';
  /** When work of this direction last succeeded; `null` for not yet. */
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
  /** `failed`: only a person can mend it; `reason` says how. `degraded`: it goes on trying. */
  state: 'starting' | 'connected' | 'degraded' | 'rate-limited' | 'failed' | 'closed';
  /** Why the state is not `connected`: an error code, a sentence and what to do; `null` when it is. */
  reason: { code: string; message: string; hint?: string | undefined } | null;
  /** Lower case. */
  address: string;
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** 64 hexadecimal digits: the public key of this installation. */
  installationId: string;
  /** The network: `local`, `dev`, `production`, with `-gateway` behind one. */
  env: string;
  /** What hearing, sending, looking senders up and writing the journal showed, each by itself. */
  directions: Record<Direction, DirectionStatus>;
  /** What may still be asked of the network. */
  budget: BudgetStatus;
  /** Milliseconds since the epoch; `null` for never. */
  lastSyncAt: number | null;
  /** The light subscriptions that ring when a conversation has news. Without them reconcile alone brings messages. */
  bell: {
    /** `false`: switched off by `MailboxOptions.bell`. */
    enabled: boolean;
    /** Whether it is connected now. */
    up: boolean;
    /** Milliseconds since the epoch; `null` for never. */
    lastRingAt: number | null;
    /** Since when it is up, or down, milliseconds since the epoch; `null` before it first was either. */
    since: number | null;
    /** Why it is down, in the network's or the socket's words. */
    reason: string | null;
  };
  /** Accepted messages, and what was dropped. */
  inbox: {
    /** Messages that wait for the agent. */
    pending: number;
    /** Messages that could not be delivered, until they are replayed or discarded. */
    dead: number;
    /** Messages that the agent has taken, ever. */
    delivered: number;
    /** Messages that were not admitted, ever. */
    dropped: number;
    /** When the oldest pending message was accepted, milliseconds since the epoch; `null` when none is pending. */
    oldestPendingAt: number | null;
    /** What could not be decided on yet, by reason: `sender-unknown`, or one that `admit` gave. */
    waiting: WaitingMessages[];
  };
  /**
   * `open`: conversations that are listened to. `denied`: those in which nobody may be heard, whose messages are not fetched;
   * `deniedGroups`: how many of these are groups.
   */
  conversations: { open: number; denied: number; deniedGroups: number };
  /**
   * `queued`: sends that are not settled. `unsettled`: those of them that are stored and not published yet; `oldestUnsettledMs`: for
   * how long the oldest, `null` for none.
   */
  outbox: { queued: number; unsettled: number; oldestUnsettledMs: number | null };
  /** Of this inbox, by the last look. */
  installations: { used: number; limit: number };
  /** Of this inbox, ever. `warning`: few are left. */
  identityUpdates: { used: number; limit: number; warning: boolean };
  /** The last failure that was met, past or not; `at` in milliseconds since the epoch. `null` for none yet. */
  lastError: { code: string; message: string; hint?: string | undefined; at: number } | null;
  /** Disk space. */
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
  /** A sentence: what was lost, and what follows from that. */
  message: string;
}
