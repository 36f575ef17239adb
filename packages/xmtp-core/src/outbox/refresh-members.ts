import type { NativeConversation } from '../sdk/native-types.ts';

/**
 * Asks the network which installations the members have and makes them those of the conversation, before anything is
 * stored or published: the SDK encrypts for the installations that the conversation has at that moment. Its own sends
 * look too, but at most every five seconds, and only behind what is stored already. Adding nobody looks each time.
 * One call when nothing has changed. Rejects when the network does not answer.
 */
export async function refreshMembers(conversation: NativeConversation): Promise<void> {
  await conversation.addMembers([]);
}

/** Whether we may write there. What cannot be found out is not a refusal. */
export function isMember(conversation: NativeConversation): boolean {
  try {
    return conversation.isActive();
  } catch {
    return true;
  }
}
