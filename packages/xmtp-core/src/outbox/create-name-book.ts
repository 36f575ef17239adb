import { idempotencyRetentionMs } from '../constants.ts';
import type { Journal } from '../journal/open-journal.ts';
import type { Address, NameBook } from '../types.ts';

/** Which address a name meant when something was sent to it: in the journal, so that a restart forgets no name. */
export function createNameBook(journal: Journal, now: () => number): NameBook {
  const last = journal.prepare('select address, since from written_names where name = ?');
  const remember = journal.prepare(
    `insert into written_names (name, address, since) values (?, ?, ?)
     on conflict (name) do update set address = excluded.address, since = excluded.since`,
  );
  const keyed = journal.prepare('select name, meaning from keyed_names where idempotency_key = ?');
  const bind = journal.prepare(
    'insert or ignore into keyed_names (idempotency_key, name, meaning, at) values (?, ?, ?, ?)',
  );
  const release = journal.prepare('delete from keyed_names where idempotency_key = ?');

  const lastOf = (name: string) => {
    const row = last.get(name);
    return row === undefined ? null : { address: row['address'] as Address, since: Number(row['since']) };
  };
  const keyedOf = (key: string) => {
    const row = keyed.get(key);
    return row === undefined ? null : { name: String(row['name']), meaning: String(row['meaning']) };
  };
  return {
    last: lastOf,
    remember(name, address) {
      const lower = address.toLowerCase() as Address;
      if (lastOf(name)?.address !== lower) journal.write(() => remember.run(name, lower, now()));
    },
    keyed: keyedOf,
    bind(key, { name, meaning }) {
      journal.write(() => bind.run(key, name, meaning, now()));
      return keyedOf(key)!;
    },
    release(key) {
      journal.run(release, key);
    },
  };
}

/** Forgets the names of keys that are honoured no longer, `limit` at once. Returns whether there may be more. */
export function createKeyedNamePrune(journal: Journal): (now: number, limit: number) => boolean {
  // As keys of sends: by the newest of its own stamps at most, since the clock may have been set ahead.
  const prune = journal.prepare(
    `delete from keyed_names where idempotency_key in (select idempotency_key from keyed_names
       where at < min(?, (select max(at) from keyed_names)) - ? order by at limit ?)`,
  );
  return (now, limit) => journal.write(() => Number(prune.run(now, idempotencyRetentionMs, limit).changes) === limit);
}
