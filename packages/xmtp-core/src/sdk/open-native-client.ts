import type { ContentCodec } from '@xmtp/content-type-primitives';
import { isBaseError } from '@xmtp-messaging/errors';
import type { Governor } from '../governor/types.ts';
import type { MailboxNetwork, MailboxSigner } from '../types.ts';
import { buildBackend } from './build-backend.ts';
import { fromSdkError } from './classify-error.ts';
import { createNativeClient } from './create-native-client.ts';
import { loadSdk } from './load-sdk.ts';
import { nativeCalls } from './native-calls.ts';
import type { NativeClient } from './native-client.ts';
import { openSdkClient } from './open-sdk-client.ts';

export interface OpenNativeOptions {
  network: MailboxNetwork;
  address: string;
  databasePath: string;
  encryptionKey: Uint8Array;
  governor: Governor;
  /** For what the SDK's own client may be asked to sign; not for registering. */
  signer?: MailboxSigner | undefined;
  /** Content types that the SDK's own client can encode and decode beside its own. */
  codecs?: ContentCodec[] | undefined;
}

/** Opens the client on its database; registers nothing. @throws MailboxError */
export async function openNativeClient(options: OpenNativeOptions): Promise<NativeClient> {
  const loaded = await loadSdk();
  const { network, address, databasePath, encryptionKey, signer = null, codecs = [] } = options;
  const calls = options.governor.join();
  try {
    const backend = await buildBackend(loaded.bindings, network);
    const opening = { address, signer, backend, databasePath, encryptionKey, codecs };
    const { raw, client } = await calls.run(nativeCalls.open, () => openSdkClient(loaded, opening));
    return createNativeClient({
      bindings: loaded.bindings,
      backend,
      raw,
      sdk: client,
      calls,
      appVersion: network.appVersion,
    });
  } catch (error) {
    calls.leave();
    throw isBaseError(error) ? error : fromSdkError(error);
  }
}
