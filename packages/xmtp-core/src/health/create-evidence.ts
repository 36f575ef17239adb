import { createElapsedClock } from '@xmtp-messaging/errors';
import type { MailboxError } from '../errors.ts';

/** What the last real work of one kind showed. `begun`: its place in the order in which such work began. */
export interface Evidence {
  /** Work on something succeeded: a conversation, an address. */
  succeeded(key: string, begun?: number): void;
  /** What began before something that has succeeded meanwhile, and ends late, says nothing about now. */
  failed(key: string, error: MailboxError, begun?: number): void;
  /** Why such work fails now; `null` when it does not. */
  failure(): { error: MailboxError; at: number } | null;
  /** Whether no failure is remembered. */
  isClear(): boolean;
  lastOkAt(): number | null;
}

/**
 * A failure that nothing repeats for so long, since nobody asks again, says nothing about now any more. Whatever is
 * unfinished is tried again sooner.
 */
const forgetMs = 90_000;

/**
 * Keeps failures by what they happened to: one conversation that cannot be synced is its own trouble when others can, and
 * everybody's when none can.
 * @param now Milliseconds since the epoch.
 */
export function createEvidence(now: () => number): Evidence {
  const elapsed = createElapsedClock(now);
  const failures = new Map<string, { first: number; last: number; at: number; error: MailboxError }>();
  let okAt: { wall: number; elapsed: number } | null = null;
  let okBegun = 0;

  return {
    succeeded(key, begun = 0) {
      failures.delete(key);
      okAt = { wall: now(), elapsed: elapsed() };
      okBegun = Math.max(okBegun, begun);
    },
    failed(key, error, begun = Infinity) {
      if (begun < okBegun) return;
      const time = elapsed();
      const known = failures.get(key);
      const first = known === undefined || time - known.last > forgetMs ? time : known.first;
      failures.delete(key);
      failures.set(key, { first, last: time, at: now(), error });
    },
    failure() {
      const time = elapsed();
      let newest: { error: MailboxError; at: number } | null = null;
      for (const [key, { first, last, at, error }] of failures) {
        if (time - last > forgetMs) failures.delete(key);
        else if (okAt === null || first >= okAt.elapsed) newest = { error, at };
      }
      return newest;
    },
    isClear: () => failures.size === 0,
    lastOkAt: () => okAt?.wall ?? null,
  };
}
