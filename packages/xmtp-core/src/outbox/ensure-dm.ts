import { createElapsedClock } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import type { Address } from '../types.ts';

/** Finds or makes the direct message with an address, whole. Concurrent callers share one attempt. */
export type EnsureDm = (address: Address) => Promise<NativeConversation>;

/**
 * A creation that failed midway leaves a conversation without its peer, which the SDK returns from then on and in which
 * every send "succeeds". So membership is checked once before a conversation is used, and repaired.
 */
export function createEnsureDm(options: {
  client: NativeClient;
  now: () => number;
  onRepaired: (conversationId: string) => void;
  /** How long an answer is reused, so that a hot conversation asks nobody. @default 300_000 */
  ttlMs?: number | undefined;
}): EnsureDm {
  const { client, onRepaired, ttlMs = 300_000 } = options;
  const now = createElapsedClock(options.now);
  const known = new Map<string, { until: number; conversation: NativeConversation }>();
  const pending = new Map<string, Promise<NativeConversation>>();

  const make = async (address: Address) => {
    const conversation = await client.createDm(address);
    if (!(await hasPeer(conversation))) {
      await conversation.addMembers([conversation.dmPeerInboxId()]);
      if (!(await hasPeer(conversation))) throw mailboxError('SDK_FAILED', { detail: 'The peer could not be added.' });
      onRepaired(conversation.id());
    }
    known.set(address, { until: now() + ttlMs, conversation });
    return conversation;
  };

  return async (address) => {
    const entry = known.get(address);
    if (entry !== undefined && entry.until > now()) return entry.conversation;
    let attempt = pending.get(address);
    if (attempt === undefined) {
      attempt = make(address).finally(() => pending.delete(address));
      pending.set(address, attempt);
    }
    return attempt;
  };
}

/** Whether the other side can read what is sent. A conversation with oneself has only one member. */
export async function hasPeer(conversation: NativeConversation): Promise<boolean> {
  const peer = conversation.dmPeerInboxId();
  const members = await conversation.listMembers();
  return members.some((member) => member.inboxId === peer && member.installationIds.length > 0);
}
