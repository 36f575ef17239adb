/**
 * Why a call is made, most urgent first: what goes out, what comes in from people who may be heard, what comes in from
 * strangers, and what could as well be done later.
 */
export type CallClass = 'send' | 'receive' | 'stranger' | 'background';

/** What calls cost by the node's count: messages and key packages that are published, and everything else. */
export interface Cost {
  /** Calls of every other kind. */
  reads: number;
  /** Messages, welcomes, key packages and identity updates that are published. */
  writes: number;
}

/** A budget of the node: it holds `burst`, and each whole minute without any call of its kind adds `perMinute`. */
export interface BudgetLimit {
  /** Calls. */
  perMinute: number;
  /** Calls that it holds when it is full. */
  burst: number;
}

/** What the node allows one IP address. */
export interface NetworkLimits {
  /** For calls that publish nothing. */
  reads: BudgetLimit;
  /** For what is published. */
  writes: BudgetLimit;
}

/** What is left, for status and metrics. Times in milliseconds of the governor's clock. */
export interface GovernorFacts {
  /** What the node should still allow by our count; `null` where no limit is known. */
  reads: { left: number; limit: number } | null;
  /** As `reads`, of what is published. */
  writes: { left: number; limit: number } | null;
  /** Calls counted since the start. */
  calls: Cost;
  /** No call at all for so many milliseconds: the network refused, or the budget is used up. `null` when not. */
  silentForMs: number | null;
  /** Times that the network refused for its limit. */
  refusals: number;
  /** Calls that wait for their turn. */
  waiting: number;
}

/** One client's place under a governor. */
export interface GovernedCalls {
  /**
   * Runs `work` when its turn has come, and counts it. `used` says what it really cost where the estimate does not.
   * @throws MailboxError RATE_LIMITED when the turn would not come soon
   */
  run<T>(call: GovernedCall, work: () => Promise<T>, used?: (outcome: CallOutcome<T>) => Cost): Promise<T>;
  /** @throws MailboxError RATE_LIMITED when a call of this cost could not begin within `withinMs` */
  check(call: GovernedCall, withinMs: number): void;
  /** Resolves when work that can wait may begin without spoiling a silence, or when the signal aborts. */
  beat: (signal: AbortSignal) => Promise<void>;
  /** Counts calls that were made without asking. */
  charge(cost: Cost): void;
  /** Looks whether an error is the network's refusal for its limit; from then on nobody calls for a while. */
  note(error: unknown): void;
  /** `minute`: calls of the last 60 s, and how many of them the SDK lets through. */
  facts: () => GovernorFacts & { minute: { used: number; limit: number } };
  /** Gives the place back: what this client still waits for begins no more. */
  leave(): void;
}

/** How the work of a call ended. */
export type CallOutcome<T> = { result: T } | { error: unknown };

/** One call, or several that are one piece of work. */
export interface GovernedCall {
  /** How urgent it is. */
  class: CallClass;
  /** Expected cost; refusals and pacing go by it. */
  cost: Cost;
  /** The network counts it, the SDK's client does not, whose limit pacing keeps. @default false */
  isBeside?: boolean | undefined;
}

/** Paces what clients of one process ask of one network, below its limits and the SDK's. */
export interface Governor {
  /** A place for one more client; to be left when it closes. */
  join(): GovernedCalls;
}
