import type { Conversation } from '../src/sdk/conversation.ts';

/** A direct message in which nothing happens; what a test looks at it puts in. */
export function createQuietConversation(part: Partial<Conversation> = {}): Conversation {
  return {
    id: 'g',
    kind: async () => 'dm',
    createdAtNs: () => 0n,
    title: () => '',
    peerInboxId: () => 'peer',
    members: async () => [{ inboxId: 'peer', addresses: [], installations: 1 }],
    inviterInboxId: () => null,
    changeSince: async () => null,
    addPeer: async () => undefined,
    refreshMembers: async () => undefined,
    isDirect: () => true,
    isMember: () => true,
    mayWrite: () => true,
    store: async () => 'id',
    publishQueued: async () => undefined,
    publishOne: async () => undefined,
    messages: async () => [],
    sync: async () => undefined,
    consent: () => 'allowed',
    setConsent: () => undefined,
    cursor: async () => 0n,
    markingKeys: () => ({}),
    listen: async () => ({ ready: async () => undefined, end: () => undefined }),
    ...part,
  };
}
