import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, createElapsedClock, endAll, isBaseError } from '@xmtp-messaging/errors';
import type { Mailbox } from '@xmtp-messaging/xmtp-core';
import type { AgentHints } from '../agent-hints.ts';
import { AgentError } from '../errors.ts';
import type { AgentHome, AgentLogger, OpenParts, StateReason } from '../types.ts';
import { whyNotOpen } from './why-not-open.ts';

/** How the runtime gets what it runs. Each step is kept once it has succeeded. */
export interface AgentRuntimeOptions {
  /** Makes or finds the home; asked again after a failure that may pass. */
  openHome: (signal: AbortSignal) => Promise<AgentHome>;
  /** Opens the mailbox in it; asked again likewise. */
  openMailbox: (home: AgentHome, signal: AbortSignal) => Promise<Mailbox>;
  /** Starts what works on the open mailbox; its end, for which it has `timeoutMs` milliseconds, is awaited before the mailbox closes. */
  onOpen: (agent: OpenParts) => { stop: (options: { timeoutMs: number }) => Promise<void> };
  /** Go on trying what only somebody outside can mend. */
  waitsForMending: boolean;
  /** Runs each attempt. @default at once */
  attempt?: (<T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>) | undefined;
  /** Told each failure. */
  logger: AgentLogger;
  /** What an operator is told to do. */
  hints: AgentHints;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 inclusive to 1 exclusive, as `Math.random`. */
  random: () => number;
}

/** Where the runtime stands. `failed` needs somebody to act; with `nextAttemptAt` set, it is seen when that was done. */
export interface RuntimeState {
  /** Where it stands. */
  state: 'starting' | 'open' | 'failed' | 'closing' | 'closed';
  /** Why it is not open. */
  reason: StateReason | null;
  /** Attempts to open so far. */
  attempts: number;
  /** When the next attempt is made, milliseconds since the epoch. */
  nextAttemptAt: number | null;
}

/** An agent, from before it is there until after it has gone. */
export interface AgentRuntime {
  /** Cheap and local. */
  state(): RuntimeState;
  /** `null` before it was found or made. */
  home(): AgentHome | null;
  /** `null` while it is not open. */
  mailbox(): Mailbox | null;
  /** @throws AgentError NOT_CONNECTED, SHUTTING_DOWN; FileError PATH_MOVED: it is not where it was */
  requireHome(): AgentHome;
  /** @throws AgentError NOT_CONNECTED, SHUTTING_DOWN */
  requireAgent(): OpenParts;
  /** Resolves when the mailbox is open, rejects with the reason when that will never happen. */
  ready(): Promise<void>;
  /** Aborted when the agent begins to close. */
  readonly closing: AbortSignal;
  /** Stops what works on the mailbox, and closes it, within `timeoutMs` milliseconds together. Idempotent. */
  close(options: { timeoutMs: number }): Promise<void>;
}

/** Opens the agent in the background: again and again while that may help, never when it cannot. */
export function createAgentRuntime(options: AgentRuntimeOptions): AgentRuntime {
  const { logger, now, random, attempt: inTurn = (work) => work() } = options;
  const elapsed = createElapsedClock(now);
  const closing = new AbortController();
  let current: RuntimeState = { state: 'starting', reason: null, attempts: 0, nextAttemptAt: null };
  let home: AgentHome | null = null;
  let agent: OpenParts | null = null;
  let workers: ReturnType<AgentRuntimeOptions['onOpen']> | null = null;
  let closed: Promise<void> | null = null;

  const open = async () => {
    const { signal } = closing;
    for (let attempt = 1; ; attempt += 1) {
      current = { ...current, attempts: attempt, nextAttemptAt: null };
      try {
        const opened: OpenParts = await inTurn(async () => {
          home ??= await options.openHome(signal);
          requirePlace(home);
          return { home, mailbox: await options.openMailbox(home, signal) };
        }, signal);
        agent = opened;
        // Closing may have begun while the mailbox opened; close() finds it here then.
        if (signal.aborted) return;
        workers = options.onOpen(opened);
        current = { state: 'open', reason: null, attempts: attempt, nextAttemptAt: null };
        logger.info({ event: 'agent-open', address: opened.home.address });
        return;
      } catch (error) {
        if (signal.aborted) return;
        const { reason, again: mayPass, needsMending } = whyNotOpen(error);
        const again = needsMending && !options.waitsForMending ? 'never' : mayPass;
        const { code, message: summary, hint, causes } = reason;
        logger[again === 'soon' ? 'warn' : 'error']({
          event: 'agent-not-open',
          retryable: again !== 'never',
          attempt,
          code,
          summary,
          hint,
          ...(isBaseError(error) ? { causes } : { err: error }),
        });
        if (again === 'never') {
          current = { state: 'failed', reason, attempts: attempt, nextAttemptAt: null };
          throw error;
        }
        const wait = backoffMs(attempt, { baseMs: 1000, maxMs: again === 'soon' ? 60_000 : 30_000, random });
        const state = again === 'soon' ? 'starting' : 'failed';
        current = { state, reason, attempts: attempt, nextAttemptAt: now() + wait };
        await delay(wait, undefined, { signal }).catch(() => {});
        if (signal.aborted) return;
      }
    }
  };
  const opening = open();
  opening.catch(() => {});

  const notConnected = (): AgentError => {
    if (closing.signal.aborted) {
      return new AgentError({
        code: 'SHUTTING_DOWN',
        retryAfterSeconds: 5,
      });
    }
    const failed = current.state === 'failed';
    return new AgentError({
      code: 'NOT_CONNECTED',
      shortMessage: failed ? 'The mailbox could not be opened.' : 'The mailbox is not open yet.',
      metaMessages: [
        current.reason === null ? 'Try again in a moment.' : `${current.reason.message} ${current.reason.hint}`,
        options.hints.lookAtStatus,
      ],
      retryable: !failed,
      retryAfterSeconds: failed ? 60 : 2,
      facts: { state: current.state },
    });
  };

  return {
    state: () => current,
    home: () => home,
    mailbox: () => agent?.mailbox ?? null,
    requireHome: () => {
      if (home === null || closing.signal.aborted) throw notConnected();
      requirePlace(home);
      return home;
    },
    requireAgent: () => {
      if (agent === null || closing.signal.aborted) throw notConnected();
      return agent;
    },
    ready: () => opening,
    closing: closing.signal,
    close: ({ timeoutMs }) => {
      closed ??= (async () => {
        const end = elapsed() + timeoutMs;
        closing.abort();
        current = { ...current, state: 'closing', nextAttemptAt: null };
        await opening.catch(() => {});
        await endAll(
          // Half of the time for deliveries under way, the rest for the outbox.
          () => workers?.stop({ timeoutMs: timeoutMs / 2 }),
          () => agent?.mailbox.close({ timeoutMs: Math.max(0, end - elapsed()) }),
          () => home?.drift.close(),
          () => Promise.all([home?.allowlist.close(), home?.denylist.close(), home?.grouplist.close()]),
        ).finally(() => (current = { ...current, state: 'closed' }));
      })();
      return closed;
    },
  };
}

/** What stands at its path now would be begun anew, or be somebody else's. @throws FileError PATH_MOVED */
function requirePlace({ place }: AgentHome): void {
  const displaced = place.look();
  if (displaced !== null) throw displaced;
}
