import type { DatabaseSync } from 'node:sqlite';

const TICK = 1_000n;

/** Nanoseconds since the epoch that never repeat and never go back, even when the clock does or the process restarts. */
export type UniqueClock = () => bigint;

/**
 * Clients look a streamed message up by conversation and time, so two messages of one instant make them lose one.
 * @param now Milliseconds since the epoch.
 */
export function createUniqueClock(database: DatabaseSync, now: () => number): UniqueClock {
  const newest = database.prepare(
    `select max(n) as last from (select max(created_ns) as n from group_message
     union all select max(created_ns) from welcome_message union all select max(created_ns) from identity_update)`,
  );
  newest.setReadBigInts(true);
  let last = (newest.get() as { last: bigint | null }).last ?? 0n;
  return () => {
    const time = BigInt(Math.trunc(now())) * 1_000_000n;
    last = time > last ? time : last + TICK;
    return last;
  };
}
