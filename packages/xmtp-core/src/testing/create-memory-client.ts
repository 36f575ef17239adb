import type { Client } from '../sdk/public-types.ts';
import type { BellListeners } from '../bell/connect-bell.ts';
import { createGovernor } from '../governor/create-governor.ts';
import type { Conversation, StoredMessage } from '../sdk/conversation.ts';
import { createRunNative, type OnCall } from '../sdk/create-run-native.ts';
import { nativeCalls as calls } from '../sdk/native-calls.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Address } from '../types.ts';
import { createMemoryConversation } from './create-memory-conversation.ts';
import type { MemoryGroup, MemoryMessage, MemoryNetwork } from './create-memory-network.ts';

/** A client as the door to the SDK shows it, and the way to ring its bell. */
export interface MemoryClient extends NativeClient {
  /** Tells the mailbox that something was posted. Resolves when it has looked at it. */
  ring(group: MemoryGroup): Promise<void>;
  /** Resolves when the bell hangs. */
  readonly listening: Promise<void>;
}

/** Loads nothing of the SDK: what the network in memory answers takes the place of what its binding would. */
export function createMemoryClient(options: {
  network: MemoryNetwork;
  address: Address;
  onTaken: (group: MemoryGroup, message: MemoryMessage) => void;
}): MemoryClient {
  const { network, address, onTaken } = options;
  const inboxId = network.inboxOf([address]);
  const installationId = inboxId.replaceAll(/../gu, '22');
  const governed = createGovernor().join();
  const own = new Map<string, MemoryMessage>();
  const known = new Map<string, Conversation>();
  const listening = Promise.withResolvers<void>();
  const bells: BellListeners[] = [];
  let onCall: OnCall = () => undefined;

  const nothingCounted = { take: () => ({ reads: 0, writes: 0 }) };
  const run = createRunNative({
    calls: governed,
    meter: nothingCounted,
    onCall: (work, error) => onCall(work, error),
  });
  const asked =
    <T>(answer: () => T): (() => Promise<T>) =>
    async () => {
      network.answer('read');
      return answer();
    };

  const conversationOf = (group: MemoryGroup): Conversation => {
    const conversation =
      known.get(group.id) ?? createMemoryConversation(group, { network, inboxId, run, own, onTaken });
    known.set(group.id, conversation);
    return conversation;
  };
  const welcomed = () => [...network.groups.values()].filter(({ isWelcomed }) => isWelcomed);
  const conversation = (id: string) => {
    const group = welcomed().find((each) => each.id === id);
    return group === undefined ? null : conversationOf(group);
  };
  const identityOf = (id: string) => ({ inboxId: id, addresses: network.addressesOf(id) });
  const find = (id: string): MemoryMessage | null =>
    own.get(id) ??
    welcomed()
      .flatMap(({ posted, fetched }) => posted.slice(0, fetched))
      .find((m) => m.id === id) ??
    null;

  return {
    // There is none: whoever asks the test mailbox for it is told so.
    // Of groups it knows who is in them, and no more.
    sdk: { conversations: { getConversationById: async () => undefined } } as unknown as Client,
    inboxId,
    installationId,
    nodeUrl: null,
    inPages: false,
    connectBell(listeners) {
      bells.push(listeners);
      // Whoever hangs it is not told before it hangs.
      queueMicrotask(() => listening.resolve(listeners.onReady()));
      return { add: () => undefined, close: () => void bells.splice(bells.indexOf(listeners), 1) };
    },
    async ring(group) {
      const bell = bells.at(-1);
      // One more time for what a welcome brings in while somebody else looks at it, too.
      if (!group.isWelcomed) await bell?.onWelcome();
      await bell?.onGroup({ groupId: group.id, data: null, senderHmac: null });
    },
    listening: listening.promise,
    isRegistered: () => true,
    register: () => Promise.resolve(),
    isAuthorized: () =>
      run(
        calls.isAuthorized,
        asked(() => true),
      ),
    installations: () =>
      run(
        calls.installations,
        asked(() => [installationId]),
      ),
    identityUpdates: () =>
      run(
        calls.identityUpdates,
        asked(() => 1),
      ),
    inboxIdsOf: (addresses) =>
      run(
        calls.inboxIdsOf,
        asked(
          () =>
            new Map(
              addresses.flatMap((each) => {
                const owner = network.ownerOf(each as Address);
                return owner === null ? [] : [[each, owner] as const];
              }),
            ),
        ),
      ),
    fetchIdentity: (id) =>
      run(
        calls.fetchIdentity,
        asked(() => identityOf(id)),
        id,
      ),
    knownIdentities: async (ids) => ids.map((id) => identityOf(id)),
    identities: (ids) =>
      run(
        calls.fetchIdentity,
        asked(() => ids.map((id) => identityOf(id))),
      ),
    // Nothing is older than itself here.
    posts: { newest: () => Promise.resolve(new Map()), async *since() {} },
    syncWelcomes: () =>
      run(
        calls.syncWelcomes,
        asked(() => {
          for (const group of network.groups.values()) group.isWelcomed = true;
        }),
      ),
    syncAll: () =>
      run(
        calls.syncAll,
        asked(() => {
          const wanted = welcomed().filter(({ consent }) => consent !== 'denied');
          for (const group of wanted) network.fetch(group);
          return { known: wanted.length, synced: 0 };
        }),
      ),
    conversationIds: () => welcomed().flatMap(({ id, consent }) => (consent === 'denied' ? [] : [id])),
    listConversations: ({ denied }) =>
      welcomed().flatMap((group) => ((group.consent === 'denied') === denied ? [conversationOf(group)] : [])),
    conversation,
    exactConversation: async (id) => conversation(id),
    createDm: (to) =>
      run(
        calls.createDm,
        async () => {
          network.answer('write');
          const owner = network.ownerOf(to as Address);
          if (owner === null) throw new Error(`inbox id for address ${to} not found`);
          const group = network.direct(owner);
          group.isWelcomed = true;
          return conversationOf(group);
        },
        to,
      ),
    createDmWith: async (owner) => conversationOf(network.direct(owner)),
    deleteMessage(id) {
      network.deleted.add(id);
    },
    message: (id): StoredMessage | null => {
      const message = network.deleted.has(id) ? null : find(id);
      return message === null ? null : { ...message };
    },
    expiries: () => () => null,
    deletion: () => null,
    // Nothing here is on a disk.
    archives: {
      create: () => Promise.reject(new Error('a mailbox in memory has no archive')),
      take: () => Promise.reject(new Error('a mailbox in memory has no archive')),
      async *received() {},
      conversations: () => ({ known: welcomed().length, silentGroups: 0 }),
    },
    calls: governed,
    observe(listener) {
      onCall = listener;
    },
    guard: () => {},
    release: () => governed.leave(),
  };
}
