import { isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import { conversationKind, type NativeConversation } from '../sdk/native-types.ts';
import type { Address, SendRequest } from '../types.ts';
import { type EnsureDm, hasPeer } from './ensure-dm.ts';

/** The conversation that a request means, fit to be written to. @throws MailboxError */
export async function findConversation(
  options: { client: NativeClient; ensureDm: EnsureDm },
  to: SendRequest['to'],
): Promise<NativeConversation> {
  try {
    if ('address' in to) return await options.ensureDm(to.address.toLowerCase() as Address);
    const conversation = options.client.conversation(to.conversationId);
    if (conversation === null) throw mailboxError('CONVERSATION_NOT_FOUND');
    const kind = (await conversation.groupMetadata()).conversationType();
    if (kind === conversationKind.dm && !(await hasPeer(conversation))) {
      await conversation.addMembers([conversation.dmPeerInboxId()]);
    }
    return conversation;
  } catch (error) {
    throw isBaseError(error) ? error : fromSdkError(error);
  }
}
