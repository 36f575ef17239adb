import type { OpenedClient } from '../open-client.ts';

/** A client in memory as `openClient` gives a real one: registered, whole, with one installation. @param isNew Registered just now. */
export function openedInMemory(client: OpenedClient['client'], isNew: boolean): OpenedClient {
  return {
    client,
    encryptionKey: new Uint8Array(32),
    place: { displaced: () => null, require: () => {}, opened: () => {} },
    isNew,
    installations: 1,
    identityUpdates: 1,
    losses: { journalLost: false, stateLost: false },
    noteJournal: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
}
