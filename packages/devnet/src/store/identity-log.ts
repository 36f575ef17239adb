import type { DatabaseSync } from 'node:sqlite';
import { preparePages } from './prepare-pages.ts';
import type { UniqueClock } from './unique-clock.ts';

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

/** The updates of every inbox, and which inbox an identifier belongs to. */
export function createIdentityLog(database: DatabaseSync, clock: UniqueClock) {
  const insert = database.prepare('insert into identity_update (created_ns, inbox_id, data) values (?, ?, ?)');
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
      readPage(inboxId, { descending: false, cursor: after, limit: -1 }),
    /** Appends one update and moves the identifiers that it adds and removes. Call it inside a transaction. */
    append(
      inboxId: string,
      data: Uint8Array,
      change: { added: readonly Identifier[]; removed: readonly Identifier[] },
    ): void {
      const id = insert.run(clock(), inboxId, data).lastInsertRowid;
      for (const { value, kind } of change.removed) revoke.run(id, value, kind, inboxId);
      for (const { value, kind } of change.added) associate.run(value, kind, inboxId, id);
    },
    /** The inbox that took the identifier last and still holds it. */
    inboxOf({ value, kind }: Identifier): string | null {
      return (lookup.get(value, kind) as { inbox_id: string } | undefined)?.inbox_id ?? null;
    },
  };
}
