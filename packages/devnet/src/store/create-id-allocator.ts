import type { DatabaseSync } from 'node:sqlite';

/** An id that nothing in the store has yet, greater than all before. */
export type AllocateId = (() => bigint) & {
  /** The id that was given last; 0 before the first. */
  last(): bigint;
  /** Makes the database remember it, for when rows that have it are taken back. */
  keep(): void;
};

/**
 * One sequence for everything that travels in envelopes. Envelopes are told apart by originator and sequence id over all
 * topics, and one originator posts messages, welcomes and key packages. No id is ever given twice, also not after a
 * revert: whoever has read past it would miss what has it now.
 */
export function createIdAllocator(database: DatabaseSync): AllocateId {
  const greatest = database.prepare(
    `select max(n) as last from (select max(id) as n from group_message union all select max(id) from welcome_message
     union all select max(id) from identity_update union all select max(id) from key_package
     union all select max(seq) from sqlite_sequence where name in ('group_message', 'welcome_message', 'identity_update'))`,
  );
  greatest.setReadBigInts(true);
  const forget = database.prepare("delete from sqlite_sequence where name = 'group_message'");
  const remember = database.prepare("insert into sqlite_sequence (name, seq) values ('group_message', ?)");
  let last = (greatest.get() as { last: bigint | null }).last ?? 0n;
  return Object.assign(() => (last += 1n), {
    last: () => last,
    keep() {
      forget.run();
      remember.run(last);
    },
  });
}
