import type { NativeClient } from '../sdk/native-client.ts';
import { consent, ethereum, type NativeConversation } from '../sdk/native-types.ts';
import type { Address, MailboxEvent } from '../types.ts';
import type { BookedConversation } from './conversation-book.ts';

/** Keeps the SDK's consent in step with who is heard: what a denied conversation posts is not even fetched. */
export interface ConsentKeeper {
  /** Something of it was accepted. */
  allow(conversation: BookedConversation): void;
  /** Something of it was refused. Denies it when none of its other members may be heard. Returns whether it did. */
  denyIfUnwanted(conversation: BookedConversation): Promise<boolean>;
  /** Lifts the denial of conversations that someone who may be heard is in by now. Returns how many. */
  reconsider(): Promise<number>;
}

export function createConsentKeeper(options: {
  client: NativeClient;
  /** Without it nothing is ever denied. */
  isAllowed: ((address: Address) => boolean) | undefined;
  onEvent: (event: MailboxEvent) => void;
}): ConsentKeeper {
  const { client, isAllowed, onEvent } = options;

  /** Any address that a member lists counts, moved on or not: this only decides what is fetched, not what is heard. */
  const hasAllowedMember = async (native: NativeConversation, allowed: (address: Address) => boolean) => {
    const members = await native.listMembers();
    return members.some(
      (member) =>
        member.inboxId !== client.inboxId &&
        member.accountIdentifiers.some(
          (account) => account.identifierKind === ethereum && allowed(account.identifier.toLowerCase() as Address),
        ),
    );
  };

  return {
    allow({ native }) {
      if (native.consentState() === consent.unknown) native.updateConsentState(consent.allowed);
    },
    async denyIfUnwanted({ id, type, native }) {
      if (isAllowed === undefined || (await hasAllowedMember(native, isAllowed))) return false;
      native.updateConsentState(consent.denied);
      onEvent({ level: 'info', name: 'conversation-denied', details: { conversationId: id, type } });
      return true;
    },
    async reconsider() {
      if (isAllowed === undefined) return 0;
      let lifted = 0;
      for (const native of client.listConversations({ denied: true })) {
        if (!(await hasAllowedMember(native, isAllowed))) continue;
        native.updateConsentState(consent.unknown);
        lifted += 1;
        onEvent({ level: 'info', name: 'conversation-reconsidered', details: { conversationId: native.id() } });
      }
      return lifted;
    },
  };
}
