import type { DatabaseSync } from 'node:sqlite';
import type { UniqueClock } from './create-unique-clock.ts';

/** The last key package of each installation. */
export function createKeyPackages(database: DatabaseSync, clock: UniqueClock) {
  const put = database.prepare(
    `insert into key_package (installation_key, data, updated_ns) values (?, ?, ?)
     on conflict (installation_key) do update set data = excluded.data, updated_ns = excluded.updated_ns`,
  );
  const get = database.prepare('select data from key_package where installation_key = ?');
  return {
    put(installationKey: Uint8Array, data: Uint8Array): void {
      put.run(installationKey, data, clock());
    },
    get(installationKey: Uint8Array): Uint8Array | null {
      return (get.get(installationKey) as { data: Uint8Array } | undefined)?.data ?? null;
    },
  };
}
