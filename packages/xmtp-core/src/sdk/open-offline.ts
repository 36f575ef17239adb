import { type Archives, createArchives } from './create-archives.ts';
import { loadSdk } from './load-sdk.ts';
import { ethereum, networkEnv } from './native-types.ts';

export interface OpenOfflineOptions {
  /** Lower-case address of the account. */
  address: string;
  inboxId: string;
  databasePath: string;
  encryptionKey: Uint8Array;
}

/** A client on a database for a network that need not answer. */
export interface OfflineClient {
  /** Of a direct message its duplicates too. Rejects as the SDK does, for one that is not there as well. */
  sync(conversationId: string): Promise<void>;
  readonly archives: Archives;
  /** Closes the database. */
  release(): void;
}

// Members of enums that the binding declares const; see native-types.
const noDeviceSync = 'Disabled' as never;
const silent = { level: 'Off' as never };

/** Opens a registered client without asking anybody. It is beside the governor: no call of it leaves this machine. */
export async function openOffline(url: string, options: OpenOfflineOptions): Promise<OfflineClient> {
  const { bindings } = await loadSdk();
  const { address, inboxId, databasePath, encryptionKey } = options;
  const builder = new bindings.BackendBuilder(networkEnv.local);
  builder.setApiUrl(url);
  const raw = await bindings.createClientWithBackend(
    await builder.build(),
    { dbPath: databasePath, encryptionKey },
    inboxId,
    { identifier: address, identifierKind: ethereum },
    noDeviceSync,
    silent,
    true,
  );
  return {
    async sync(id) {
      await raw.conversations().getConversationById(id).sync();
    },
    archives: createArchives(raw),
    release: () => raw.releaseDbConnection(),
  };
}
