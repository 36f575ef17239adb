import { isBaseError } from '@xmtp-messaging/errors';
import type { Address, MailboxNetwork } from '../types.ts';
import { buildBackend } from './build-backend.ts';
import { fromSdkError } from './classify-error.ts';
import { loadSdk } from './load-sdk.ts';
import { ethereum } from './native-types.ts';

/** What an inbox lets write in its name. */
export interface InboxInstallations {
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** The oldest first. */
  installations: {
    /** 64 hexadecimal digits: its public key. */
    id: string;
    /** When it was registered, by its own clock, milliseconds since the epoch; `null` when it did not say. */
    registeredAt: number | null;
  }[];
}

/**
 * The installations of an address, asked of the network; no mailbox is opened, and no wallet is asked.
 * @returns `null` when the network knows no inbox of this address.
 * @throws MailboxError NETWORK_UNREACHABLE, BINDING_UNLOADABLE, …
 */
export async function listInstallations(options: {
  /** Which network to ask. */
  network: MailboxNetwork;
  /** In any case. */
  address: Address;
}): Promise<InboxInstallations | null> {
  const { bindings } = await loadSdk();
  try {
    const backend = await buildBackend(bindings, options.network);
    const identifier = { identifier: options.address.toLowerCase(), identifierKind: ethereum };
    const inboxId = await bindings.getInboxIdByIdentity(backend, identifier);
    if (inboxId === null) return null;
    const [state] = await bindings.fetchInboxStatesByInboxIds(backend, [inboxId]);
    const installations = (state?.installations ?? []).map(({ id, clientTimestampNs }) => ({
      id,
      registeredAt: clientTimestampNs === undefined ? null : Number(clientTimestampNs / 1_000_000n),
    }));
    return { inboxId, installations: installations.toSorted((a, b) => (a.registeredAt ?? 0) - (b.registeredAt ?? 0)) };
  } catch (error) {
    throw isBaseError(error) ? error : fromSdkError(error);
  }
}
