import { orNull } from './or-null.ts';

/** What of the binding's conversations is used. */
interface Conversations {
  getConversationById(id: string): { isMessageDisappearingEnabled(): boolean };
  getEnrichedMessageById(id: string): { expiresAtNs?: bigint | null };
}

/** When a message disappears, milliseconds since the epoch; `null` when it stays. */
export type ExpiryOf = (groupId: string, messageId: string) => number | null;

/**
 * For messages that are looked at together: whether they disappear is asked once for each conversation, since each answer keeps the
 * main thread for 0.1 ms.
 */
export function createExpiries(conversations: Conversations): ExpiryOf {
  const settings = new Map<string, boolean>();
  const isOn = (groupId: string): boolean => {
    let setting = settings.get(groupId);
    if (setting === undefined) {
      setting = orNull(() => conversations.getConversationById(groupId).isMessageDisappearingEnabled()) === true;
      settings.set(groupId, setting);
    }
    return setting;
  };
  return (groupId, messageId) => {
    const at = isOn(groupId) ? orNull(() => conversations.getEnrichedMessageById(messageId).expiresAtNs ?? null) : null;
    return at === null ? null : Number(at / 1_000_000n);
  };
}
