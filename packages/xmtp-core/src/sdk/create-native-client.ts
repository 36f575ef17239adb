import type { Client } from '@xmtp/node-sdk';
import { connectBell } from '../bell/connect-bell.ts';
import { connectGatewayBell } from '../bell/connect-gateway-bell.ts';
import { mailboxError } from '../errors.ts';
import { askIdentityNews } from '../grpc/ask-identity-news.ts';
import { askInboxIds } from '../grpc/ask-inbox-ids.ts';
import { createUnaryClient, type UnaryClient } from '../grpc/create-unary-client.ts';
import { findNode } from '../grpc/find-node.ts';
import type { GovernedCalls } from '../governor/types.ts';
import { createArchives } from './create-archives.ts';
import { createCallMeter } from './create-call-meter.ts';
import { createConversation } from './create-conversation.ts';
import { createExpiries } from './create-expiries.ts';
import { createMemberLook } from './create-member-look.ts';
import { createPostLog } from './create-post-log.ts';
import { createRunNative, type OnCall } from './create-run-native.ts';
import type { Bindings } from './load-sdk.ts';
import { nativeCalls as native } from './native-calls.ts';
import type { NativeClient } from './native-client.ts';
import { consent, ethereum, ethereumOf, type NativeConversation, type RawClient } from './native-types.ts';
import { orNull } from './or-null.ts';
import { toStoredMessage } from './to-stored-message.ts';

/** Our view of the client that the SDK keeps underneath its own. */
export function createNativeClient(options: {
  bindings: Bindings;
  backend: InstanceType<Bindings['Backend']>;
  raw: RawClient;
  sdk: Client;
  calls: GovernedCalls;
  appVersion: string | undefined;
}): NativeClient {
  const { bindings, backend, raw, sdk, calls, appVersion } = options;
  let onCall: OnCall = () => undefined;
  let check = () => {};
  const run = createRunNative({
    calls,
    meter: createCallMeter(raw),
    onCall: (work, error) => onCall(work, error),
    check: () => check(),
  });
  const { gatewayHost: gatewayUrl } = backend;
  const nodeUrl = gatewayUrl === null ? backend.v3Host : null;
  const node = nodeUrl === null ? null : createUnaryClient(nodeUrl, { appVersion });
  let nodeBehind: UnaryClient | null = null;
  const nodeOfPosts = async () => {
    if (node !== null) return node;
    nodeBehind ??= createUnaryClient(await findNode(gatewayUrl!), { appVersion });
    return nodeBehind;
  };
  const look =
    node === null ? undefined : createMemberLook((since) => run(native.askMembers, () => askIdentityNews(node, since)));
  const conversations = raw.conversations();
  const inboxId = raw.inboxId();
  const wanted = [consent.unknown, consent.allowed];
  const conversationOf = (conversation: NativeConversation) =>
    createConversation(conversation, { inboxId, run, look, syncAll: () => conversations.syncAll(wanted) });
  const installationId = raw.installationId();
  const conversation = (id: string) =>
    isId(id) ? orNull(() => conversationOf(conversations.getConversationById(id))) : null;
  return {
    sdk,
    inboxId,
    installationId,
    nodeUrl,
    inPages: gatewayUrl !== null,
    connectBell(listeners) {
      const bell = { ...listeners, appVersion, installationId };
      return gatewayUrl === null
        ? connectBell({ ...bell, url: nodeUrl!, network: 'v3' })
        : connectGatewayBell({ ...bell, gatewayUrl });
    },
    isRegistered: () => raw.isRegistered(),
    async register(signer) {
      const request = await raw.createInboxSignatureRequest();
      if (request === null) return;
      let signature: Uint8Array;
      try {
        signature = await signer.signMessage(await request.signatureText());
      } catch (cause) {
        throw mailboxError('SIGNER_FAILED', { cause });
      }
      await request.addEcdsaSignature(signature);
      await run(native.register, () => raw.registerIdentity(request));
    },
    isAuthorized: (id) =>
      run(native.isAuthorized, () => bindings.isInstallationAuthorized(backend, inboxId, Buffer.from(id, 'hex'))),
    async installations() {
      const [state] = await run(native.installations, () =>
        orUnknown(bindings.fetchInboxStatesByInboxIds(backend, [inboxId])),
      );
      return (state?.installations ?? []).map(({ id }) => id);
    },
    identityUpdates: () => run(native.identityUpdates, () => raw.fetchOwnInboxUpdatesCount(true)),
    async inboxIdsOf(addresses) {
      const [only] = addresses;
      if (only === undefined) return new Map();
      if (addresses.length > 1) {
        return await run(native.inboxIdsOf, async () =>
          gatewayUrl === null
            ? await askInboxIds(nodeUrl!, addresses, { network: 'v3', appVersion })
            : await askInboxIds(await findNode(gatewayUrl), addresses, { network: 'd14n', appVersion }),
        );
      }
      const owner = await run(native.inboxIdsOf, () => bindings.getInboxIdByIdentity(backend, identify(only)), only);
      return owner === null ? new Map() : new Map([[only, owner]]);
    },
    async fetchIdentity(id) {
      const [state] = await run(native.fetchIdentity, () => orUnknown(raw.fetchInboxStatesByInboxIds([id], true)), id);
      return { inboxId: id, addresses: ethereumOf(state?.identifiers ?? []) };
    },
    async identities(ids) {
      const ask = (some: string[]) =>
        run(native.fetchIdentity, () => orUnknown(raw.fetchInboxStatesByInboxIds(some, true)), some.join());
      const together = await ask([...ids]);
      // One that is unknown makes the answer empty for all.
      const states = together.length > 0 ? together : (await Promise.all(ids.map((id) => ask([id])))).flat();
      return states.map(({ inboxId: id, identifiers }) => ({ inboxId: id, addresses: ethereumOf(identifiers) }));
    },
    async knownIdentities(ids) {
      const look = (some: string[]) => orUnknown(raw.fetchInboxStatesByInboxIds(some, false));
      const together = await look([...ids]);
      const states = together.length > 0 ? together : (await Promise.all(ids.map((id) => look([id])))).flat();
      return states.map(({ inboxId: id, identifiers }) => ({ inboxId: id, addresses: ethereumOf(identifiers) }));
    },
    posts: createPostLog({ network: gatewayUrl === null ? 'v3' : 'd14n', node: nodeOfPosts, run }),
    syncWelcomes: () => run(native.syncWelcomes, () => conversations.sync()),
    async syncAll() {
      const { numEligible, numSynced } = await run(native.syncAll, () => conversations.syncAll(wanted));
      return { known: numEligible, synced: numSynced };
    },
    // The only list that the SDK gives without ranking all messages. Its keys come from nothing but the ids.
    conversationIds: () => Object.keys(conversations.hmacKeys()),
    listConversations({ denied, createdAfterNs }) {
      return conversations
        .list({
          consentStates: denied ? [consent.denied] : wanted,
          includeDuplicateDms: true,
          ...(createdAfterNs === undefined ? {} : { createdAfterNs }),
        })
        .map((item) => conversationOf(item.conversation));
    },
    conversation,
    async exactConversation(id) {
      const found = conversation(id);
      if (found === null || found.id === id) return found;
      const all = await conversations.getConversationById(id).duplicateDms();
      const exact = all.find((duplicate) => duplicate.id() === id);
      return exact === undefined ? null : conversationOf(exact);
    },
    async createDm(address) {
      return conversationOf(
        await run(native.createDm, () => conversations.createDmByIdentity(identify(address)), address),
      );
    },
    async createDmWith(id) {
      return conversationOf(await run(native.createDm, () => conversations.createDm(id), id));
    },
    message: (id) => (isId(id) ? orNull(() => toStoredMessage(conversations.getMessageById(id))) : null),
    deleteMessage(id) {
      conversations.deleteMessageById(id);
    },
    expiries: () => createExpiries(conversations),
    deletion(id) {
      const deleted = orNull(() => conversations.getEnrichedMessageById(id).content.deletedMessage);
      return deleted === null ? null : { byAdmin: deleted.adminInboxId ?? null };
    },
    archives: createArchives(raw),
    calls,
    observe(listener) {
      onCall = listener;
    },
    guard(next) {
      check = next;
    },
    release() {
      calls.leave();
      node?.close();
      nodeBehind?.close();
      raw.releaseDbConnection();
    },
  };
}

const identify = (address: string) => ({ identifier: address, identifierKind: ethereum });

/** Whether a message or a conversation may have it; the binding fails on any other text. */
const isId = (id: string) => typeof id === 'string' && /^(?:[0-9a-f]{2})+$/u.test(id);

/** The network has no record of an inbox: an answer, which the binding throws. */
async function orUnknown<T>(states: Promise<T[]>): Promise<T[]> {
  try {
    return await states;
  } catch (error) {
    if (error instanceof Error && /Missing identity update/.test(error.message)) return [];
    throw error;
  }
}
