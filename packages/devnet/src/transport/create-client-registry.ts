import type { Caller } from '../faults/create-faults.ts';
import { toHex } from '../identity/member.ts';

/** What is known of each connection. */
export interface ClientRegistry {
  seen(peer: string, appVersion: string | null): Caller;
  /** The connection asked for something that belongs to this installation. */
  identify(peer: string, installationKey: Uint8Array): void;
}

/** Connections that are remembered; the oldest is forgotten first. */
const maxPeers = 10_000;

export function createClientRegistry(): ClientRegistry {
  const callers = new Map<string, { peer: string; appVersion: string | null; installationIds: Set<string> }>();
  return {
    seen(peer, appVersion) {
      const known = callers.get(peer);
      if (known !== undefined) {
        known.appVersion = appVersion ?? known.appVersion;
        return known;
      }
      const [oldest] = callers.keys();
      if (oldest !== undefined && callers.size >= maxPeers) callers.delete(oldest);
      const caller = { peer, appVersion, installationIds: new Set<string>() };
      callers.set(peer, caller);
      return caller;
    },
    identify: (peer, installationKey) => void callers.get(peer)?.installationIds.add(toHex(installationKey)),
  };
}
