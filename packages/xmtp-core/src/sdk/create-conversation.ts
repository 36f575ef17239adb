import { isSilent } from '../content/is-silent.ts';
import type { Conversation, StoredContent } from './conversation.ts';
import type { MemberLook } from './create-member-look.ts';
import { nativeCalls as calls } from './native-calls.ts';
import type { RunNative } from './create-run-native.ts';
import {
  applicationMessage,
  ascending,
  changeMessage,
  consent,
  conversationKind,
  descending,
  ethereumOf,
  type EncodedContent,
  type NativeConversation,
  sortBySentAt,
} from './native-types.ts';
import { toStoredMessage } from './to-stored-message.ts';

/** What a conversation needs of its client. */
export interface ConversationContext {
  inboxId: string;
  run: RunNative;
  /** @default at each time that it is asked for */
  look?: MemberLook | undefined;
  /** Fetches what is new in any conversation. @default nothing does */
  syncAll?: (() => Promise<unknown>) | undefined;
}

/** Everything of a conversation that the binding knows, each call of the network under the governor. */
export function createConversation(
  native: NativeConversation,
  { inboxId: ours, run, look = ({ refresh }) => refresh(), syncAll = () => Promise.resolve() }: ConversationContext,
): Conversation {
  const id = native.id();
  let known: readonly string[] | null | undefined;
  const pair = () => (known === undefined ? (known = pairOf(native, ours)) : known);
  /**
   * With a direct message the SDK first syncs its duplicates, and gives up at one that came from a backup and that nobody let us
   * into. To be outside oneself is no failure: there is nothing to fetch before a welcome.
   */
  const orAround = async (error: unknown) => {
    if (!(error instanceof Error) || !/Group is inactive/.test(error.message)) throw error;
    if (native.isActive()) await syncAll();
  };
  const isMember = () => {
    try {
      return native.isActive();
    } catch {
      return true;
    }
  };
  let wasInside = false;
  const inboxIds = async () => pair() ?? (await native.listMembers()).map(({ inboxId }) => inboxId);

  return {
    id,
    async kind() {
      const kind = (await native.groupMetadata()).conversationType();
      if (kind === conversationKind.dm) return 'dm';
      return kind === conversationKind.group ? 'group' : 'other';
    },
    isDirect: () => pair() !== null,
    createdAtNs: () => native.createdAtNs(),
    title() {
      try {
        return native.groupName();
      } catch {
        // A direct message has none, nor a group that we are no longer in.
        return '';
      }
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
    inviterInboxId() {
      try {
        return native.addedByInboxId() || null;
      } catch {
        return null;
      }
    },
    async changeSince(insertedAfterNs) {
      // Each change of members is a row.
      const latest = { kind: changeMessage, sortBy: sortBySentAt, direction: descending, limit: 1, insertedAfterNs };
      return (await native.listMessages(latest))[0]?.id ?? null;
    },
    addPeer: () => run(calls.addMembers, () => native.addMembers([native.dmPeerInboxId()]), id),
    // Adding nobody looks each time.
    refreshMembers: () =>
      look({
        id,
        inboxIds,
        refresh: () => run(calls.refreshMembers, () => native.addMembers([]), id),
      }),
    isMember,
    mayWrite() {
      if (wasInside && pair() !== null) return true;
      wasInside = isMember();
      return wasInside;
    },
    async store(content, mode) {
      const shouldPush = !isSilent(content);
      const encoded = toNative(content);
      if (mode === 'parked') return native.prepareMessage(encoded, shouldPush);
      // "Optimistic" ones are only stored.
      return await native.send(encoded, { shouldPush, optimistic: true });
    },
    publishQueued: () => run(calls.publish, () => native.publishMessages()),
    publishOne: (messageId) => run(calls.publish, () => native.publishStoredMessage(messageId)),
    async messages({ sentAfterNs, sentBeforeNs, newestFirst = false, insertedAfterNs, exceptOf, withChanges, limit }) {
      const found = await native.listMessages({
        ...(withChanges === true ? {} : { kind: applicationMessage }),
        sortBy: sortBySentAt,
        direction: newestFirst ? descending : ascending,
        ...(sentAfterNs === undefined ? {} : { sentAfterNs }),
        ...(sentBeforeNs === undefined ? {} : { sentBeforeNs }),
        ...(insertedAfterNs === undefined ? {} : { insertedAfterNs }),
        ...(exceptOf === undefined ? {} : { excludeSenderInboxIds: [exceptOf] }),
        ...(limit === undefined ? {} : { limit }),
      });
      return found.map((message) => toStoredMessage(message));
    },
    sync: () => run(calls.sync, () => native.sync().catch(orAround), id),
    consent: () => consentNames[native.consentState()] ?? 'unknown',
    setConsent: (state) => native.updateConsentState(consent[state]),
    async cursor() {
      // One counter for commits and one for messages; on V3 both come from the same numbers. Those of nodes are not told.
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

/** Those who can be in a direct message, for good, and named before the peer is in it; `null` for a group. */
function pairOf(native: NativeConversation, ours: string): readonly string[] | null {
  try {
    return [ours, native.dmPeerInboxId()];
  } catch {
    return null;
  }
}

/** What is absent must not be there at all. */
function toNative({ type, parameters, fallback, compression, content }: StoredContent): EncodedContent {
  return {
    ...(type === undefined ? {} : { type }),
    parameters,
    ...(fallback === undefined ? {} : { fallback }),
    ...(compression === undefined ? {} : { compression }),
    content,
  };
}

const consentNames: readonly ('unknown' | 'allowed' | 'denied')[] = ['unknown', 'allowed', 'denied'];
