import type { StoredMessage } from '../src/sdk/conversation.ts';

/** A message as the SDK's database holds it. */
export function storedMessage(part: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id: 'id',
    groupId: 'g',
    senderInboxId: 'alice',
    sentAtNs: 5_000_000n,
    insertedAtNs: 6_000_000n,
    content: { parameters: {}, content: new Uint8Array() },
    isPublished: true,
    ...part,
  };
}
