import type { Caller } from '../faults/create-faults.ts';
import { toHex } from '../identity/member.ts';

/** What is known of each client, by what its transport tells clients apart with. */
export interface ClientRegistry {
  seen(call: { client: string; peer: string; appVersion: string | null }): Caller;
  /** The client asked for something that belongs to this installation. True when that was not known. */
  identify(client: string, installationKey: Uint8Array): boolean;
}

/** Clients that are remembered, and installations of each; the oldest is forgotten first. */
const maxClients = 10_000;
const maxInstallations = 100;

export function createClientRegistry(): ClientRegistry {
  const known = new Map<string, { appVersion: string | null; installationIds: Set<string> }>();
  return {
    seen({ client, peer, appVersion }) {
      const entry = known.get(client) ?? { appVersion: null, installationIds: new Set<string>() };
      entry.appVersion = appVersion ?? entry.appVersion;
      makeRoom(known, client, maxClients);
      known.set(client, entry);
      return { peer, ...entry };
    },
    identify(client, installationKey) {
      const ids = known.get(client)?.installationIds;
      const id = toHex(installationKey);
      if (ids === undefined || ids.has(id)) return false;
      makeRoom(ids, id, maxInstallations);
      ids.add(id);
      return true;
    },
  };
}

function makeRoom(
  entries: { readonly size: number; keys(): Iterator<string>; has(key: string): boolean; delete(key: string): boolean },
  key: string,
  max: number,
): void {
  const oldest = entries.keys().next();
  if (!entries.has(key) && entries.size >= max && oldest.done !== true) entries.delete(oldest.value);
}
