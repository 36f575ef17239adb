import type { ContentCodec } from '@xmtp/content-type-primitives';
import type { Client } from '@xmtp/node-sdk';
import { isBaseError } from '@xmtp-messaging/errors';
import { type BellConnection, type BellListeners, connectBell } from '../bell/connect-bell.ts';
import { mailboxError } from '../errors.ts';
import { askInboxIds } from '../grpc/inbox-ids.ts';
import type { MailboxNetwork, MailboxSigner } from '../types.ts';
import type { GovernedCalls, Governor } from '../governor/types.ts';
import { createCallMeter } from './call-meter.ts';
import { fromSdkError } from './classify-error.ts';
import { createRunNative, governConversation, nativeCalls as native, type OnCall } from './govern-native.ts';
import { type Bindings, loadSdk } from './load-sdk.ts';
import {
  consent,
  type EncodedContent,
  ethereum,
  ethereumOf,
  type Message,
  type NativeConversation,
  networkEnv,
  type RawClient,
} from './native-types.ts';
import { openSdkClient } from './open-sdk-client.ts';

/** Who an inbox is: its Ethereum addresses, lower case, as the network lists them now. */
export interface InboxIdentity {
  inboxId: string;
  addresses: readonly string[];
}

/** The one door to the SDK. Everything it hides from its users is reached here and nowhere else. */
export interface NativeClient {
  /** The SDK's own client, on the same database. */
  readonly sdk: Client;
  readonly inboxId: string;
  readonly installationId: string;
  /** Address of the V3 node; `null` behind a gateway. */
  readonly nodeUrl: string | null;
  /** Hangs a bell at the network; `null` behind a gateway, which has none. */
  readonly connectBell: ((listeners: BellListeners) => BellConnection) | null;
  isRegistered(): boolean;
  /** One signature, one identity update. Never repeat it blindly: see register-installation. */
  register(signer: MailboxSigner): Promise<void>;
  isAuthorized(installationId: string): Promise<boolean>;
  /** Ids of the installations of this inbox, from the network. */
  installations(): Promise<string[]>;
  identityUpdates(): Promise<number>;
  /** Which inboxes addresses lead to: one question for all, or on a gateway one for each of the first 16. */
  inboxIdsOf(addresses: readonly string[]): Promise<ReadonlyMap<string, string>>;
  fetchIdentity(inboxId: string): Promise<InboxIdentity>;
  /** Of many at once. Those of whom the network has no record are left out. */
  identities(inboxIds: readonly string[]): Promise<InboxIdentity[]>;
  syncWelcomes(): Promise<void>;
  /** Swallows the failures of single conversations. Returns how many there are that are not denied. */
  syncAll(): Promise<number>;
  /** Ids of all conversations that are not denied, duplicates of direct messages included. See blocking-calls. */
  conversationIds(): string[];
  /** Costs time that grows with all messages ever stored. Conversations made after `createdAfterNs`, duplicates of direct messages included. */
  listConversations(options: { denied: boolean; createdAfterNs?: bigint | undefined }): NativeConversation[];
  /** For a duplicate of a direct message this is the one in use, which has another id. */
  conversation(id: string): NativeConversation | null;
  /** The one with this id, duplicates of direct messages told apart: what is stored in it is published only through it. */
  exactConversation(id: string): Promise<NativeConversation | null>;
  /** Finds or makes the direct message with an address; what it returns may be half made. */
  createDm(address: string): Promise<NativeConversation>;
  message(id: string): Message | null;
  /** Reference and text of a reply; `null` when it is none or cannot be read. */
  reply: (id: string) => { reference: string; text: string | null } | null;
  encodeText(text: string): EncodedContent;
  encodeMarkdown(text: string): EncodedContent;
  /** Tells from now on how each call to the network ended. */
  observe(listener: OnCall): void;
  /** The governor's view of what this client asks; own calls of ours go through it, too. */
  readonly calls: GovernedCalls;
  /** Closes the database. Later calls fail. */
  release(): void;
}

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
    const { raw, client } = await calls.run(native.open, () => openSdkClient(loaded, opening));
    return wrap({ bindings: loaded.bindings, backend, raw, sdk: client, calls, appVersion: network.appVersion });
  } catch (error) {
    calls.leave();
    throw isBaseError(error) ? error : fromSdkError(error);
  }
}

type Backend = InstanceType<Bindings['Backend']>;

async function buildBackend(bindings: Bindings, network: MailboxNetwork): Promise<Backend> {
  const builder = new bindings.BackendBuilder(networkEnv[network.env]);
  if (network.apiUrl !== undefined) builder.setApiUrl(network.apiUrl);
  if (network.gatewayHost !== undefined) builder.setGatewayHost(network.gatewayHost);
  if (network.appVersion !== undefined) builder.setAppVersion(network.appVersion);
  return await builder.build();
}

function wrap(options: {
  bindings: Bindings;
  backend: Backend;
  raw: RawClient;
  sdk: Client;
  calls: GovernedCalls;
  appVersion: string | undefined;
}): NativeClient {
  const { bindings, backend, raw, sdk, calls, appVersion } = options;
  let onCall: OnCall = () => undefined;
  const run = createRunNative(calls, createCallMeter(raw), (work, error) => onCall(work, error));
  const govern = (conversation: NativeConversation) => governConversation(conversation, run);
  const conversations = raw.conversations();
  const inboxId = raw.inboxId();
  const nodeUrl = backend.gatewayHost === null ? backend.v3Host : null;
  const installationId = raw.installationId();
  const wanted = [consent.unknown, consent.allowed];
  const conversation = (id: string) => orNull(() => govern(conversations.getConversationById(id)));
  return {
    sdk,
    inboxId,
    installationId,
    nodeUrl,
    connectBell:
      nodeUrl === null ? null : (listeners) => connectBell({ ...listeners, url: nodeUrl, appVersion, installationId }),
    isRegistered: () => raw.isRegistered(),
    async register(signer) {
      const request = await raw.createInboxSignatureRequest();
      if (request === null) return;
      let signature: Uint8Array;
      try {
        signature = await signer.signMessage(await request.signatureText());
      } catch (cause) {
        throw mailboxError('SIGNER_FAILED', { cause });
      }
      await request.addEcdsaSignature(signature);
      await run(native.register, () => raw.registerIdentity(request));
    },
    isAuthorized: (id) =>
      run(native.isAuthorized, () => bindings.isInstallationAuthorized(backend, inboxId, Buffer.from(id, 'hex'))),
    async installations() {
      const [state] = await run(native.installations, () =>
        orUnknown(bindings.fetchInboxStatesByInboxIds(backend, [inboxId])),
      );
      return (state?.installations ?? []).map(({ id }) => id);
    },
    identityUpdates: () => run(native.identityUpdates, () => raw.fetchOwnInboxUpdatesCount(true)),
    async inboxIdsOf(addresses) {
      if (nodeUrl !== null && addresses.length > 1) {
        return await run(native.inboxIdsOf, () => askInboxIds(nodeUrl, addresses, { appVersion }));
      }
      const owners = new Map<string, string>();
      for (const address of addresses.slice(0, 16)) {
        const owner = await run(
          native.inboxIdsOf,
          () => bindings.getInboxIdByIdentity(backend, identify(address)),
          address,
        );
        if (owner !== null) owners.set(address, owner);
      }
      return owners;
    },
    async fetchIdentity(id) {
      const [state] = await run(native.fetchIdentity, () => orUnknown(raw.fetchInboxStatesByInboxIds([id], true)), id);
      return { inboxId: id, addresses: ethereumOf(state?.identifiers ?? []) };
    },
    async identities(ids) {
      const ask = (some: string[]) =>
        run(native.fetchIdentity, () => orUnknown(raw.fetchInboxStatesByInboxIds(some, true)), some.join());
      const together = await ask([...ids]);
      // One that is unknown makes the answer empty for all.
      const states = together.length > 0 ? together : (await Promise.all(ids.map((id) => ask([id])))).flat();
      return states.map(({ inboxId: id, identifiers }) => ({ inboxId: id, addresses: ethereumOf(identifiers) }));
    },
    syncWelcomes: () => run(native.syncWelcomes, () => conversations.sync()),
    async syncAll() {
      return (await run(native.syncAll, () => conversations.syncAll(wanted))).numEligible;
    },
    // The only list that the SDK gives without ranking all messages. Its keys come from nothing but the ids.
    conversationIds: () => Object.keys(conversations.hmacKeys()),
    listConversations({ denied, createdAfterNs }) {
      return conversations
        .list({
          consentStates: denied ? [consent.denied] : wanted,
          includeDuplicateDms: true,
          ...(createdAfterNs === undefined ? {} : { createdAfterNs }),
        })
        .map((item) => govern(item.conversation));
    },
    conversation,
    async exactConversation(id) {
      const found = conversation(id);
      if (found === null || found.id() === id) return found;
      const all = await conversations.getConversationById(id).duplicateDms();
      const exact = all.find((duplicate) => duplicate.id() === id);
      return exact === undefined ? null : govern(exact);
    },
    async createDm(address) {
      return govern(await run(native.createDm, () => conversations.createDmByIdentity(identify(address)), address));
    },
    message: (id) => orNull(() => conversations.getMessageById(id)),
    reply: (id) =>
      orNull(() => {
        const reply = conversations.getEnrichedMessageById(id).content.reply;
        if (reply === null) return null;
        return { reference: reply.referenceId, text: reply.content.text ?? reply.content.markdown };
      }),
    encodeText: (text) => bindings.encodeText(text),
    encodeMarkdown: (text) => bindings.encodeMarkdown(text),
    calls,
    observe(listener) {
      onCall = listener;
    },
    release() {
      calls.leave();
      raw.releaseDbConnection();
    },
  };
}

const identify = (address: string) => ({ identifier: address, identifierKind: ethereum });

/** Absent is `null`; the binding throws for it. */
function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && /not found/.test(error.message)) return null;
    throw error;
  }
}

/** The network has no record of an inbox: an answer, which the binding throws. */
async function orUnknown<T>(states: Promise<T[]>): Promise<T[]> {
  try {
    return await states;
  } catch (error) {
    if (error instanceof Error && /Missing identity update/.test(error.message)) return [];
    throw error;
  }
}
