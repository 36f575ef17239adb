import type { DatabaseSync } from 'node:sqlite';
import type { AssociationState } from '../identity/diff-members.ts';
import { toRowId } from './paging.ts';
import { preparePages } from './prepare-pages.ts';
import type { AllocateId } from './create-id-allocator.ts';
import type { UniqueClock } from './create-unique-clock.ts';

/** One accepted update of one inbox. */
export interface IdentityLogRow {
  readonly id: bigint;
  readonly created_ns: bigint;
  /** A serialised IdentityUpdate. */
  readonly data: Uint8Array;
}

/** An Ethereum address (lower case) or a passkey (hex of its public key). */
export interface Identifier {
  readonly value: string;
  readonly kind: number;
}

/** An accepted update, the state it leads to and the identifiers that it moves. */
export interface NewIdentityUpdate {
  readonly inboxId: string;
  readonly data: Uint8Array;
  readonly state: AssociationState;
  readonly added: readonly Identifier[];
  readonly removed: readonly Identifier[];
  /** The ClientEnvelope that it came in, byte for byte; `null` when it came without. */
  readonly envelope: Uint8Array | null;
}

/** The updates of every inbox, and which inbox an identifier belongs to. */
export function createIdentityLog(database: DatabaseSync, clock: UniqueClock, allocateId: AllocateId) {
  const insert = database.prepare(
    'insert into identity_update (id, created_ns, inbox_id, data, envelope) values (?, ?, ?, ?, ?)',
  );
  const putState = database.prepare('insert or replace into inbox (inbox_id, state) values (?, ?)');
  const getState = database.prepare('select state from inbox where inbox_id = ?');
  const count = database.prepare('select count(*) as n from identity_update where inbox_id = ?');
  const associate = database.prepare(
    'insert into identifier (identifier, kind, inbox_id, added_at) values (?, ?, ?, ?)',
  );
  const revoke = database.prepare(
    'update identifier set revoked_at = ? where identifier = ? and kind = ? and inbox_id = ? and revoked_at is null',
  );
  const lookup = database.prepare(
    'select inbox_id from identifier where identifier = ? and kind = ? and revoked_at is null order by id desc limit 1',
  );
  const readPage = preparePages<IdentityLogRow>(database, {
    table: 'identity_update',
    columns: 'id, created_ns, data',
    topicColumn: 'inbox_id',
  });
  return {
    updates: (inboxId: string, after: bigint): IdentityLogRow[] =>
      readPage(inboxId, { descending: false, cursor: toRowId(after), limit: -1 }),
    count: (inboxId: string): number => (count.get(inboxId) as { n: number }).n,
    state(inboxId: string): AssociationState | null {
      const row = getState.get(inboxId) as { state: string } | undefined;
      return row === undefined ? null : (JSON.parse(row.state) as AssociationState);
    },
    /** Call it inside a transaction. */
    append({ inboxId, data, state, added, removed, envelope }: NewIdentityUpdate): bigint {
      const id = allocateId();
      insert.run(id, clock(), inboxId, data, envelope);
      putState.run(inboxId, JSON.stringify(state));
      for (const { value, kind } of removed) revoke.run(id, value, kind, inboxId);
      for (const { value, kind } of added) associate.run(value, kind, inboxId, id);
      return id;
    },
    /** The inbox that took the identifier last and still holds it. */
    inboxOf({ value, kind }: Identifier): string | null {
      return (lookup.get(value, kind) as { inbox_id: string } | undefined)?.inbox_id ?? null;
    },
  };
}
