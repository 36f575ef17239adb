import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { createElapsedClock } from '@xmtp-messaging/errors';
import type { PostedMessage } from '../grpc/wire.ts';
import type { Conversation } from '../sdk/conversation.ts';

/** Keys change every 30 days and the SDK names those of the neighbouring periods, too. */
const keepMs = 3_600_000;

/**
 * Tells what we posted ourselves from what others did, without decrypting it: each message carries an HMAC-SHA-256 of
 * its ciphertext under a key of its sender, by which push servers spare senders their own messages. Whatever is not
 * surely ours counts as somebody else's, which costs one sync.
 */
export function createOwnRecogniser(options: {
  now: () => number;
}): (conversation: Pick<Conversation, 'markingKeys'>, posted: PostedMessage) => boolean {
  const now = createElapsedClock(options.now);
  const known = new WeakMap<object, { until: number; keys: Map<string, readonly KeyObject[]> }>();

  const keysOf = (conversation: Pick<Conversation, 'markingKeys'>, groupId: string) => {
    let entry = known.get(conversation);
    if (entry === undefined || entry.until <= now()) {
      const keys = Object.entries(conversation.markingKeys());
      entry = {
        until: now() + keepMs,
        keys: new Map(keys.map(([id, list]) => [id, list.map((key) => createSecretKey(key))])),
      };
      known.set(conversation, entry);
    }
    return entry.keys.get(groupId) ?? [];
  };

  return (conversation, { groupId, data, senderHmac }) => {
    if (data === null || senderHmac?.length !== 32) return false;
    try {
      return keysOf(conversation, groupId).some((key) =>
        timingSafeEqual(createHmac('sha256', key).update(data).digest(), senderHmac),
      );
    } catch {
      // The database is busy or closed.
      return false;
    }
  };
}
