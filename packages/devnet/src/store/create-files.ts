import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { UniqueClock } from './create-unique-clock.ts';

/** Archives that one installation leaves for another. They are encrypted, so their hash is a name nobody can guess. */
export function createFiles(database: DatabaseSync, clock: UniqueClock) {
  const put = database.prepare('insert into file (id, created_ns, data) values (?, ?, ?) on conflict do nothing');
  const get = database.prepare('select data from file where id = ?');
  return {
    /** Returns the id under which the file can be fetched. */
    put(data: Uint8Array): string {
      const id = createHash('sha256').update(data).digest('hex');
      put.run(id, clock(), data);
      return id;
    },
    get: (id: string): Uint8Array | null => (get.get(id) as { data: Uint8Array } | undefined)?.data ?? null,
  };
}
