import { isBaseError } from '@xmtp-messaging/errors';
import type { MailboxNetwork, MailboxSigner } from '../types.ts';
import { buildBackend } from './build-backend.ts';
import { fromSdkError } from './classify-error.ts';
import { listInstallations } from './list-installations.ts';
import { loadSdk } from './load-sdk.ts';
import { toSdkSigner } from './to-sdk-signer.ts';

/**
 * Takes installations off the inbox of a wallet, for good: whoever holds their keys reads and writes nothing more in its name.
 * No mailbox is opened. It costs one of the inbox's 256 identity updates. Those that are not there (any more) are passed over, so
 * repeating it is harmless.
 * @param options.installationIds 64 hexadecimal digits each.
 * @returns What was revoked now.
 * @throws MailboxError NETWORK_UNREACHABLE, BINDING_UNLOADABLE, …; and what the signer throws
 */
export async function revokeInstallations(options: {
  /** On which network. */
  network: MailboxNetwork;
  /** That of the wallet, which signs once. */
  signer: MailboxSigner;
  installationIds: readonly string[];
}): Promise<string[]> {
  const { network, signer, installationIds } = options;
  const { identifier } = await signer.getIdentifier();
  const address = identifier.toLowerCase() as `0x${string}`;
  const found = await listInstallations({ network, address });
  const wanted = new Set(installationIds.map((id) => id.toLowerCase()));
  const ids = (found?.installations ?? []).map(({ id }) => id).filter((id) => wanted.has(id));
  if (found === null || ids.length === 0) return [];
  const { sdk, bindings } = await loadSdk();
  try {
    const bytes = ids.map((id) => Uint8Array.from(Buffer.from(id, 'hex')));
    const backend = await buildBackend(bindings, network);
    await sdk.Client.revokeInstallations(toSdkSigner(signer, address), found.inboxId, bytes, backend);
    return ids;
  } catch (error) {
    throw isBaseError(error) ? error : fromSdkError(error);
  }
}
