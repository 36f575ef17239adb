import type { DatabaseSync } from 'node:sqlite';

const tick = 1_000n;
const smallStepBack = 1_000_000_000n;

/** Nanoseconds since the epoch, never the same twice. */
export type UniqueClock = () => bigint;

/**
 * Clients look a streamed message up by conversation and time, so two messages of one instant make them lose one.
 * Small steps back of the clock are smoothed over; after a larger one (clock skew) time does go back, but never to an
 * instant that a message already has.
 * @param now Milliseconds since the epoch.
 */
export function createUniqueClock(database: DatabaseSync, now: () => number): UniqueClock {
  const newest = database.prepare(
    `select max(n) as last from (select max(created_ns) as n from group_message
     union all select max(created_ns) from welcome_message union all select max(created_ns) from identity_update)`,
  );
  newest.setReadBigInts(true);
  const taken = database.prepare('select 1 from group_message where created_ns = ?');
  let last = (newest.get() as { last: bigint | null }).last ?? 0n;
  let highest = last;
  return () => {
    let time = BigInt(Math.trunc(now())) * 1_000_000n;
    if (time <= last && last - time < smallStepBack) time = last + tick;
    while (time <= highest && taken.get(time) !== undefined) time += tick;
    last = time;
    if (time > highest) highest = time;
    return time;
  };
}
