import type { Conversation } from '../sdk/conversation.ts';
import type { RunNative } from '../sdk/create-run-native.ts';
import { nativeCalls as calls } from '../sdk/native-calls.ts';
import type { MemoryGroup, MemoryMessage, MemoryNetwork } from './create-memory-network.ts';

/** What a conversation needs of the client that it belongs to. */
export interface MemoryDatabase {
  network: MemoryNetwork;
  inboxId: string;
  run: RunNative;
  /** Our own messages by id, published or not. */
  own: Map<string, MemoryMessage>;
  onTaken: (group: MemoryGroup, message: MemoryMessage) => void;
}

/** A conversation as the door to the SDK shows it, over the network in memory. */
export function createMemoryConversation(group: MemoryGroup, database: MemoryDatabase): Conversation {
  const { network, inboxId, run, own, onTaken } = database;
  const { id, others } = group;
  const peer = () => [...others][0] ?? inboxId;
  const queue: MemoryMessage[] = [];

  const ask = async (kind: 'read' | 'write') => network.answer(kind);
  const publish = async (messages: readonly MemoryMessage[]) => {
    await ask('write');
    for (const message of messages) {
      if (message.isPublished) continue;
      message.isPublished = true;
      onTaken(group, message);
    }
  };

  return {
    id,
    kind: async () => group.kind,
    isDirect: () => group.kind === 'dm',
    createdAtNs: () => group.createdAtNs,
    title: () => group.title,
    peerInboxId: peer,
    members: async () =>
      [...new Set([inboxId, ...others])].map((each) => ({
        inboxId: each,
        addresses: network.addressesOf(each),
        installations: 1,
      })),
    inviterInboxId: peer,
    changeSince: async () => [...others].join(),
    addPeer: () => run(calls.addMembers, () => ask('write'), id),
    refreshMembers: () => run(calls.refreshMembers, () => ask('read'), id),
    isMember: () => true,
    mayWrite: () => true,
    async store(content, mode) {
      const message = network.write({ group, senderInboxId: inboxId, content });
      own.set(message.id, message);
      if (mode === 'queued') queue.push(message);
      return message.id;
    },
    // What fails here is stranded, as in the SDK: only `publishOne` brings it out.
    publishQueued: () => run(calls.publish, () => publish(queue.splice(0))),
    async publishOne(messageId) {
      const message = own.get(messageId);
      if (message !== undefined) await run(calls.publish, () => publish([message]));
    },
    async messages({ sentAfterNs = -1n, sentBeforeNs, newestFirst = false, insertedAfterNs = -1n, exceptOf, limit }) {
      const found = [
        ...group.posted.slice(0, group.fetched),
        ...[...own.values()].filter(({ groupId }) => groupId === id),
      ]
        .filter((m) => !network.deleted.has(m.id))
        .filter((m) => m.sentAtNs > sentAfterNs && m.insertedAtNs > insertedAfterNs && m.senderInboxId !== exceptOf)
        .filter((m) => sentBeforeNs === undefined || m.sentAtNs < sentBeforeNs)
        .toSorted((a, b) => Number(a.sentAtNs - b.sentAtNs));
      return (newestFirst ? found.toReversed() : found).slice(0, limit);
    },
    sync: () =>
      run(
        calls.sync,
        async () => {
          await ask('read');
          network.fetch(group);
        },
        id,
      ),
    consent: () => group.consent,
    setConsent(state) {
      group.consent = state;
    },
    cursor: async () => BigInt(group.fetched),
    markingKeys: () => ({}),
    listen: async () => ({ ready: () => Promise.resolve(), end: () => undefined }),
  };
}
