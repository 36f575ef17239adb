import type { Group as SdkGroup } from '@xmtp/node-sdk';
import { createHmac } from 'node:crypto';
import { createElapsedClock, isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import { checkSettings } from '../groups/check-settings.ts';
import { fromSdkError } from './classify-error.ts';
import type { Conversation } from './conversation.ts';
import { createGroupChanges } from './create-group-changes.ts';
import { creationOptions, describeGroup } from './group-facts.ts';
import type { NativeClient } from './native-client.ts';
import { ethereumOf } from './native-types.ts';
import { type GroupPlan, planAddition, planRemoval, planRole, planUpdate } from './plan-group-change.ts';
import type { Address } from '../types.ts';
import type { Group, Groups, NewGroup } from '../groups/group-types.ts';

/** Keys are honoured for as long as those of sends. */
const keyedForNs = 7n * 86_400_000_000_000n;

/** The binding fails on what is none. */
const isHex = (id: string) => typeof id === 'string' && /^(?:[0-9a-f]{2})+$/u.test(id);

/** Makes and changes groups, each change under the governor and one at a time. */
export function createGroups(options: {
  client: Pick<NativeClient, 'sdk' | 'calls' | 'inboxId' | 'inboxIdsOf' | 'exactConversation'>;
  encryptionKey: Uint8Array;
  now: () => number;
  random: () => number;
  /** Told of each group that is made. */
  onUsed: (conversation: Conversation) => void;
  /** Who listens to groups, and who does not. */
  invitations: { accept: (native: Conversation) => Promise<void>; refuse: (native: Conversation) => void };
}): Groups {
  const { client, now, onUsed, invitations } = options;
  const conversations = () => client.sdk.conversations;
  const changes = createGroupChanges({
    calls: client.calls,
    inboxId: client.inboxId,
    elapsed: createElapsedClock(now),
    random: options.random,
  });
  const { inTurn } = changes;

  const find = async (id: string): Promise<SdkGroup> => {
    const found = isHex(id) ? await conversations().getConversationById(id) : undefined;
    if (found === undefined || !('addMembers' in found)) throw mailboxError('CONVERSATION_NOT_FOUND');
    return found;
  };
  const findNative = async (id: string): Promise<Conversation> => {
    const native = await client.exactConversation(id);
    if (native === null || (await native.kind()) !== 'group') throw mailboxError('CONVERSATION_NOT_FOUND');
    return native;
  };
  const show = (group: SdkGroup): Promise<Group> => describeGroup(group, client.inboxId);
  const inboxIdsOf = async (addresses: readonly Address[]): Promise<string[]> => {
    const wanted = [...new Set(addresses.map((address) => address.toLowerCase()))];
    const found = await client.inboxIdsOf(wanted);
    const missing = wanted.filter((address) => !found.has(address));
    if (missing.length > 0) throw mailboxError('RECIPIENT_NOT_FOUND', { detail: missing.join(', ') });
    return [...new Set(found.values())].filter((inboxId) => inboxId !== client.inboxId);
  };

  const change = (id: string, plan: GroupPlan): Promise<Group> =>
    inTurn(async () => {
      const group = await find(id);
      await changes.make(group, plan);
      return await show(group);
    });

  const markOf = (key: string) =>
    `xmtp-messaging:${createHmac('sha256', options.encryptionKey).update(`group ${key}`).digest('base64url')}`;
  const keyed = (mark: string): SdkGroup | undefined =>
    conversations()
      .listGroups({ createdAfterNs: BigInt(now()) * 1_000_000n - keyedForNs })
      .find((group) => group.appData === mark);

  const make = async (wanted: NewGroup, inboxIds: string[]): Promise<Group & { replayed: boolean }> => {
    const mark = wanted.idempotencyKey === undefined ? undefined : markOf(wanted.idempotencyKey);
    const known = mark === undefined ? undefined : keyed(mark);
    const group =
      known ??
      // Here alone at first: a commit of its own adds the members, and is looked after as any other.
      conversations().createGroupOptimistic({
        ...creationOptions(wanted, now()),
        ...(mark === undefined ? {} : { appData: mark }),
      });
    const native = await client.exactConversation(group.id);
    if (native !== null) onUsed(native);
    // A creation that was cut short left them out.
    const isAlone = (await group.members()).length <= 1;
    if (isAlone && inboxIds.length > 0) await changes.make(group, () => [planAddition(inboxIds)]);
    // Whoever lets nobody add members could add none himself.
    const { permissions } = wanted;
    const isShut = typeof permissions === 'object' && permissions.addMembers === 'nobody';
    if (isShut && isAlone) {
      await changes.make(group, (made) => planUpdate(made, { permissions: { addMembers: 'nobody' } }, now()));
    }
    return { ...(await show(group)), replayed: known !== undefined };
  };

  return {
    async create(wanted) {
      checkSettings(wanted);
      const inboxIds = await inboxIdsOf(wanted.members);
      return await inTurn(async () => {
        try {
          return await make(wanted, inboxIds);
        } catch (error) {
          throw isBaseError(error) ? error : fromSdkError(error);
        }
      });
    },
    get: async (id) => await show(await find(id)),
    async add(id, members) {
      const inboxIds = await inboxIdsOf(members);
      return await change(id, () => [planAddition(inboxIds)]);
    },
    async remove(id, members) {
      const wanted = new Set(members.map((address) => address.toLowerCase()));
      return await change(id, async (group) => {
        const present = await group.members();
        const leaving = present.filter(({ accountIdentifiers }) =>
          ethereumOf(accountIdentifiers).some((a) => wanted.has(a)),
        );
        const others = leaving.map(({ inboxId }) => inboxId).filter((inboxId) => inboxId !== client.inboxId);
        return [planRemoval(others)];
      });
    },
    async accept(id) {
      await invitations.accept(await findNative(id));
      return await show(await find(id));
    },
    async refuse(id) {
      const native = await findNative(id);
      invitations.refuse(native);
      if (!native.isMember()) return { leave: 'not-a-member' };
      try {
        await inTurn(async () => await (await find(id)).requestRemoval());
        return { leave: 'asked' };
      } catch {
        // Whoever is alone in it or rules it cannot go. Nothing of it is listened to all the same.
        return { leave: 'not-possible' };
      } finally {
        // Asking is a message, and the SDK allows what we write to.
        invitations.refuse(native);
      }
    },
    leave: (id) =>
      inTurn(async () => {
        const group = await find(id);
        await changes.make(group, () => []);
        try {
          await group.requestRemoval();
        } catch (error) {
          throw changes.explain(group, error);
        }
      }),
    async update(id, settings) {
      checkSettings(settings);
      return await change(id, (group) => planUpdate(group, settings, now()));
    },
    setRole: (id, member, role) =>
      change(id, async (group) => {
        const found = (await group.members()).find(({ accountIdentifiers }) =>
          ethereumOf(accountIdentifiers).includes(member.toLowerCase()),
        );
        if (found === undefined) throw mailboxError('RECIPIENT_NOT_FOUND', { detail: `${member} is not a member.` });
        return await planRole(group, found.inboxId, role);
      }),
  };
}
