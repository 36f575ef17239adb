import { AsyncLocalStorage } from 'node:async_hooks';
import type { ContentCodec } from '@xmtp/content-type-primitives';
import type { Conversations } from '@xmtp/node-bindings';
import type { Client } from '@xmtp/node-sdk';
import type { MailboxSigner } from '../types.ts';
import { mailboxError } from '../errors.ts';
import type { Bindings, Sdk } from './load-sdk.ts';
import { ethereum, type RawClient } from './native-types.ts';
import { toSdkSigner } from './to-sdk-signer.ts';

/** What a client is built from. */
export interface SdkClientOptions {
  /** Lower-case address of the account. */
  address: string;
  /** Signs when the client's own methods ask for it; `null`: such methods throw. */
  signer: MailboxSigner | null;
  backend: InstanceType<Bindings['Backend']>;
  databasePath: string;
  encryptionKey: Uint8Array;
  codecs: ContentCodec[];
}

/**
 * Builds the SDK's own client and takes the native one that it keeps to itself: while it is built it asks that one
 * for its conversations, exactly once (node-sdk 6.0.0, `Client.init`). Both stand on one database and are one
 * installation. Nothing is registered.
 */
export async function openSdkClient(
  { sdk, bindings }: { sdk: Sdk; bindings: Bindings },
  options: SdkClientOptions,
): Promise<{ client: Client; raw: RawClient }> {
  const { address, signer, backend, databasePath, encryptionKey, codecs } = options;
  watch(bindings);
  const identifier = { identifier: address, identifierKind: ethereum };
  const settings = {
    backend,
    dbPath: databasePath,
    dbEncryptionKey: encryptionKey,
    disableDeviceSync: true,
    disableAutoRegister: true,
    codecs,
  };
  const found: { raw: RawClient | null } = { raw: null };
  const client = await building.run(found, () =>
    signer === null
      ? sdk.Client.build(identifier, settings)
      : sdk.Client.create(toSdkSigner(signer, address), settings),
  );
  // Two copies of the binding, or an SDK that works otherwise: nothing that follows would hold.
  if (found.raw === null)
    throw mailboxError('BINDING_UNLOADABLE', { detail: '@xmtp/node-sdk uses another copy of it.' });
  // The SDK's type lists the contents that its codecs give; which those are is known to the caller alone.
  return { client: client as unknown as Client, raw: found.raw };
}

/** Which client is being built by this chain of calls: several mailboxes of one process may be opened at once. */
const building = new AsyncLocalStorage<{ raw: RawClient | null }>();
const watched = new WeakSet<object>();

function watch({ Client: { prototype } }: Bindings): void {
  if (watched.has(prototype)) return;
  watched.add(prototype);
  const conversations: (this: RawClient) => Conversations = Reflect.get(prototype, 'conversations');
  prototype.conversations = function (this: RawClient) {
    const found = building.getStore();
    if (found !== undefined) found.raw ??= this;
    return conversations.call(this);
  };
}
