// Runs in Node and in a page: it imports nothing.
import type { Peer, Person } from './person.ts';

/** What the SDKs for Node and for browsers have in common, once every answer is awaited. */
export interface SdkClient {
  inboxId?: string | undefined;
  installationId?: string | undefined;
  conversations: {
    createDm(inboxId: string): Promise<SdkConversation>;
    createGroup(inboxIds: string[]): Promise<SdkConversation>;
    getConversationById(id: string): Promise<SdkConversation | undefined>;
    syncAll(): Promise<unknown>;
    listDms(): unknown;
    listGroups(): unknown;
    streamAllMessages(options: { onValue: (message: { content: unknown }) => void }): Promise<{ end(): unknown }>;
  };
  preferences: { sync(): Promise<unknown> };
  syncAllDeviceSyncGroups(): Promise<unknown>;
  sendSyncArchive(pin: string, options: unknown, serverUrl: string): Promise<unknown>;
  processSyncArchive(pin: string): Promise<unknown>;
  fetchKeyPackageStatuses(installationIds: string[]): Promise<unknown>;
  close?(): void;
}

export interface SdkConversation {
  id: string;
  name?: string | undefined;
  sync(): Promise<unknown>;
  sendText(text: string, isOptimistic?: boolean): Promise<unknown>;
  publishMessages(): Promise<unknown>;
  messages(): Promise<{ content: unknown }[]>;
  members(): Promise<{ inboxId: string }[]>;
  addMembers(inboxIds: string[]): Promise<unknown>;
  removeMembers(inboxIds: string[]): Promise<unknown>;
  addSuperAdmin(inboxId: string): Promise<unknown>;
  updateName(name: string): Promise<unknown>;
  updateMessageDisappearingSettings(fromNs: bigint, inNs: bigint): Promise<unknown>;
  updateConsentState(state: never): unknown;
  consentState(): unknown;
  /** A property in Node, a method in browsers. */
  isActive: unknown;
}

/** Enums of the bindings, which type stripping cannot read. */
const denied = 2;

interface KeyPackageStatus {
  lifetime?: { notBefore: bigint } | undefined;
  validationError?: string | undefined;
}

const toInboxId = ({ inboxId }: Peer) => inboxId;
const isText = (content: unknown): content is string => typeof content === 'string';

export interface ToPersonOptions {
  client: SdkClient;
  address: string;
  /** What its bindings call messages and consent in an archive. */
  archiveElements: readonly unknown[];
}

/** A client of either SDK in the words of the scenarios. */
export function toPerson({ client, address, archiveElements }: ToPersonOptions): Person {
  const { conversations } = client;
  const streams: { end(): unknown }[] = [];
  const heard: string[] = [];
  const find = async (id: string) => {
    const found = await conversations.getConversationById(id);
    if (found === undefined) throw new Error(`There is no conversation ${id} here.`);
    return found;
  };
  const synced = async (id: string) => {
    const found = await find(id);
    await found.sync();
    return found;
  };
  return {
    inboxId: client.inboxId ?? '',
    installationId: client.installationId ?? '',
    address,
    createDm: async (peer) => (await conversations.createDm(peer.inboxId)).id,
    createGroup: async (peers) => (await conversations.createGroup(peers.map(toInboxId))).id,
    async send(id, text) {
      await (await find(id)).sendText(text);
    },
    async sendMany(id, texts) {
      const found = await find(id);
      for (const text of texts) await found.sendText(text, true);
      await found.publishMessages();
    },
    async sync() {
      await conversations.syncAll();
    },
    async conversations(kind) {
      await conversations.syncAll();
      const listed = await (kind === 'dm' ? conversations.listDms() : conversations.listGroups());
      return (listed as SdkConversation[]).map(({ id }) => id);
    },
    texts: async (id) => (await (await synced(id)).messages()).map(({ content }) => content).filter(isText),
    members: async (id) => (await (await synced(id)).members()).map(({ inboxId }) => inboxId),
    async isMember(id) {
      const found = await synced(id);
      return (typeof found.isActive === 'function' ? await found.isActive() : found.isActive) === true;
    },
    async add(id, inboxIds) {
      await (await find(id)).addMembers([...inboxIds]);
    },
    async remove(id, inboxIds) {
      await (await find(id)).removeMembers([...inboxIds]);
    },
    async makeAdmin(id, inboxId) {
      await (await find(id)).addSuperAdmin(inboxId);
    },
    async rename(id, name) {
      await (await find(id)).updateName(name);
    },
    nameOf: async (id) => (await synced(id)).name ?? '',
    async disappear(id, afterMs) {
      await (await find(id)).updateMessageDisappearingSettings(1n, BigInt(afterMs) * 1_000_000n);
    },
    async deny(id) {
      await (await find(id)).updateConsentState(denied as never);
    },
    isDenied: async (id) => (await (await find(id)).consentState()) === denied,
    async stream() {
      const onValue = ({ content }: { content: unknown }) => void (isText(content) && heard.push(content));
      streams.push(await conversations.streamAllMessages({ onValue }));
    },
    heard: async () => heard,
    async syncDevices() {
      await client.preferences.sync();
      await client.syncAllDeviceSyncGroups();
    },
    async sendHistory(historyUrl, pin) {
      const options = { elements: [...archiveElements], excludeDisappearingMessages: false };
      await client.sendSyncArchive(pin, options, historyUrl);
    },
    async takeHistory(pin) {
      await client.processSyncArchive(pin);
    },
    async keyPackageSince(installationId) {
      const statuses = await client.fetchKeyPackageStatuses([installationId]);
      const status = (
        statuses instanceof Map ? statuses.get(installationId) : (statuses as Record<string, unknown>)[installationId]
      ) as KeyPackageStatus | undefined;
      if (status?.lifetime === undefined) throw new Error(status?.validationError ?? 'There is no key package.');
      return status.lifetime.notBefore;
    },
    async close() {
      for (const stream of streams) await stream.end();
      client.close?.();
    },
  };
}
