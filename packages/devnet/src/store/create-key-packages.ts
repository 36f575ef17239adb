import type { DatabaseSync } from 'node:sqlite';
import type { AllocateId } from './create-id-allocator.ts';
import type { UniqueClock } from './create-unique-clock.ts';
import { originators, type Posting } from './originators.ts';

/** The last key package of each installation. */
export function createKeyPackages(database: DatabaseSync, clock: UniqueClock, allocateId: AllocateId) {
  const put = database.prepare(
    `insert or replace into key_package (installation_key, data, updated_ns, id, originator, envelope)
     values (?, ?, ?, ?, ?, ?)`,
  );
  const get = database.prepare('select data from key_package where installation_key = ?');
  return {
    put(installationKey: Uint8Array, data: Uint8Array, posting: Posting | null = null): bigint {
      const id = allocateId();
      const { originator, envelope } = posting ?? { originator: originators.migratedKeyPackages, envelope: null };
      put.run(installationKey, data, clock(), id, originator, envelope);
      return id;
    },
    get(installationKey: Uint8Array): Uint8Array | null {
      return (get.get(installationKey) as { data: Uint8Array } | undefined)?.data ?? null;
    },
  };
}
