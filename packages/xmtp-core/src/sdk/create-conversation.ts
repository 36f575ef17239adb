import type { Conversation, OutboundContent } from './conversation.ts';
import { encodeReply } from './encode-reply.ts';
import { nativeCalls as calls } from './native-calls.ts';
import type { RunNative } from './create-run-native.ts';
import type { Bindings } from './load-sdk.ts';
import {
  applicationMessage,
  ascending,
  consent,
  conversationKind,
  ethereumOf,
  type NativeConversation,
  sortBySentAt,
} from './native-types.ts';
import { toStoredMessage } from './to-stored-message.ts';

/** Everything of a conversation that the binding knows, each call of the network under the governor. */
export function createConversation(
  native: NativeConversation,
  { bindings, run }: { bindings: Pick<Bindings, 'encodeText' | 'encodeMarkdown'>; run: RunNative },
): Conversation {
  const id = native.id();
  const encode = ({ text, contentType }: OutboundContent) =>
    contentType === 'markdown' ? bindings.encodeMarkdown(text) : bindings.encodeText(text);

  return {
    id,
    async kind() {
      const kind = (await native.groupMetadata()).conversationType();
      if (kind === conversationKind.dm) return 'dm';
      return kind === conversationKind.group ? 'group' : 'other';
    },
    peerInboxId: () => native.dmPeerInboxId(),
    async members() {
      const members = await native.listMembers();
      return members.map(({ inboxId, accountIdentifiers, installationIds }) => ({
        inboxId,
        addresses: ethereumOf(accountIdentifiers),
        installations: installationIds.length,
      }));
    },
    addPeer: () => run(calls.addMembers, () => native.addMembers([native.dmPeerInboxId()]), id),
    // Adding nobody looks each time.
    refreshMembers: () => run(calls.refreshMembers, () => native.addMembers([]), id),
    isMember() {
      try {
        return native.isActive();
      } catch {
        return true;
      }
    },
    async store(content, mode) {
      const { text, contentType, replyTo } = content;
      if (mode === 'parked') {
        const encoded = encode(content);
        return native.prepareMessage(replyTo === null ? encoded : encodeReply(encoded, replyTo, text), true);
      }
      // "Optimistic" ones are only stored.
      if (replyTo !== null) return await native.sendReply({ content: encode(content), reference: replyTo }, true);
      return await (contentType === 'markdown' ? native.sendMarkdown(text, true) : native.sendText(text, true));
    },
    publishQueued: () => run(calls.publish, () => native.publishMessages()),
    publishOne: (messageId) => run(calls.publish, () => native.publishStoredMessage(messageId)),
    async messages({ sentAfterNs, insertedAfterNs, exceptOf, limit }) {
      const found = await native.listMessages({
        kind: applicationMessage,
        sortBy: sortBySentAt,
        direction: ascending,
        ...(sentAfterNs === undefined ? {} : { sentAfterNs }),
        ...(insertedAfterNs === undefined ? {} : { insertedAfterNs }),
        ...(exceptOf === undefined ? {} : { excludeSenderInboxIds: [exceptOf] }),
        ...(limit === undefined ? {} : { limit }),
      });
      return found.map((message) => toStoredMessage(message));
    },
    sync: () => run(calls.sync, () => native.sync(), id),
    consent: () => consentNames[native.consentState()] ?? 'unknown',
    setConsent: (state) => native.updateConsentState(consent[state]),
    async cursor() {
      // One counter for commits and one for messages; on V3 both come from the same numbers.
      const { cursor } = await native.debugInfo();
      return BigInt(Math.max(0, ...cursor.map(({ sequenceId }) => sequenceId)));
    },
    markingKeys() {
      const groups = Object.entries(native.hmacKeys());
      return Object.fromEntries(groups.map(([group, keys]) => [group, keys.map(({ key }) => key)]));
    },
    async listen(onMessage, onEnd) {
      const stream = await run(calls.stream, () => native.stream(onMessage, onEnd));
      return { ready: () => stream.waitForReady(), end: () => stream.end() };
    },
  };
}

const consentNames: readonly ('unknown' | 'allowed' | 'denied')[] = ['unknown', 'allowed', 'denied'];
