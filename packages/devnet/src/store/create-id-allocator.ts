import type { DatabaseSync } from 'node:sqlite';

/** An id that nothing in the store has yet, greater than all before. */
export type AllocateId = (() => bigint) & {
  /** The id that was given last; 0 before the first. */
  last(): bigint;
};

/**
 * One sequence for everything that travels in envelopes. Envelopes are told apart by originator and sequence id over all
 * topics, and one originator posts messages, welcomes and key packages.
 */
export function createIdAllocator(database: DatabaseSync): AllocateId {
  const greatest = database.prepare(
    `select max(n) as last from (select max(id) as n from group_message union all select max(id) from welcome_message
     union all select max(id) from identity_update union all select max(id) from key_package)`,
  );
  greatest.setReadBigInts(true);
  let last = (greatest.get() as { last: bigint | null }).last ?? 0n;
  return Object.assign(() => (last += 1n), { last: () => last });
}
