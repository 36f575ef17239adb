import type { Group as SdkGroup } from '@xmtp/node-sdk';
import { createHmac } from 'node:crypto';
import { isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import type { Cost } from '../governor/types.ts';
import { classifySdkError, fromSdkError, sdkReason } from './classify-error.ts';
import type { Conversation } from './conversation.ts';
import type { NativeClient } from './native-client.ts';
import { ethereumOf } from './native-types.ts';
import type { Address } from '../types.ts';
import type { Group, GroupMember, Groups, NewGroup } from '../groups/group-types.ts';

const changeCost: Cost = { reads: 6, writes: 2 };
/** Keys are honoured for as long as those of sends. */
const keyedForNs = 7n * 86_400_000_000_000n;
const roles: Record<number, GroupMember['role']> = { 0: 'member', 1: 'admin', 2: 'super-admin' };

/** Makes and changes groups, each change under the governor and one at a time. */
export function createGroups(options: {
  client: Pick<NativeClient, 'sdk' | 'calls' | 'inboxId' | 'inboxIdsOf' | 'exactConversation'>;
  encryptionKey: Uint8Array;
  now: () => number;
  /** Told of each group that is made. */
  onUsed: (conversation: Conversation) => void;
  /** Who listens to groups, and who does not. */
  invitations: { accept: (native: Conversation) => Promise<void>; refuse: (native: Conversation) => void };
}): Groups {
  const { client, now, onUsed, invitations } = options;
  const conversations = () => client.sdk.conversations;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(() => client.calls.run({ class: 'send', cost: changeCost }, work));
    turn = result.catch(() => undefined);
    return result;
  };

  const find = async (id: string): Promise<SdkGroup> => {
    const found = await conversations().getConversationById(id);
    if (found === undefined || !('addMembers' in found)) throw mailboxError('CONVERSATION_NOT_FOUND');
    return found;
  };
  const findNative = async (id: string): Promise<Conversation> => {
    const native = await client.exactConversation(id);
    if (native === null || (await native.kind()) !== 'group') throw mailboxError('CONVERSATION_NOT_FOUND');
    return native;
  };
  const show = async (group: SdkGroup): Promise<Group> => ({
    conversationId: group.id,
    title: group.name,
    description: group.description,
    members: (await group.members()).map(({ inboxId, accountIdentifiers, permissionLevel }) => ({
      inboxId,
      addresses: ethereumOf(accountIdentifiers) as Address[],
      role: roles[permissionLevel] ?? 'member',
      isSelf: inboxId === client.inboxId,
    })),
  });
  const inboxIdsOf = async (addresses: readonly Address[]): Promise<string[]> => {
    const wanted = [...new Set(addresses.map((address) => address.toLowerCase()))];
    const found = await client.inboxIdsOf(wanted);
    const missing = wanted.filter((address) => !found.has(address));
    if (missing.length > 0) throw mailboxError('RECIPIENT_NOT_FOUND', { detail: missing.join(', ') });
    return [...new Set(found.values())].filter((inboxId) => inboxId !== client.inboxId);
  };

  /** Who may not, may not later either: only the network's troubles pass by themselves. */
  const explain = (group: SdkGroup, error: unknown) => {
    if (isBaseError(error)) return error;
    if (!group.isActive) return mailboxError('NOT_A_MEMBER', { cause: error });
    const said = error instanceof Error ? error.message : '';
    if (said.includes('LeaveCantProcessed'))
      return mailboxError('PERMISSION_DENIED', { detail: sdkReason(error).replace(/^\[[^\]]*\] /u, ''), cause: error });
    if (said.includes('TooManyCharacters'))
      return mailboxError('INVALID_REQUEST', { detail: 'A title has at most 100 characters, a description 1,000.' });
    const mayAll = group.isSuperAdmin(client.inboxId);
    if (classifySdkError(error) === 'SDK_FAILED' && !mayAll) return mailboxError('PERMISSION_DENIED', { cause: error });
    return fromSdkError(error);
  };
  const change = (id: string, work: (group: SdkGroup) => Promise<unknown>): Promise<Group> =>
    inTurn(async () => {
      const group = await find(id);
      try {
        await group.sync();
        if (!group.isActive) throw mailboxError('NOT_A_MEMBER');
        await work(group);
      } catch (error) {
        throw explain(group, error);
      }
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
    const { title, description, permissions } = wanted;
    const group =
      known ??
      (await conversations().createGroup(inboxIds, {
        // 0: everybody may add; 1: admins. The binding's enum cannot be read by type stripping.
        permissions: (permissions === 'admins' ? 1 : 0) as never,
        ...(title === undefined ? {} : { groupName: title }),
        ...(description === undefined ? {} : { groupDescription: description }),
        ...(mark === undefined ? {} : { appData: mark }),
      }));
    const native = await client.exactConversation(group.id);
    if (native !== null) onUsed(native);
    if (known !== undefined) {
      // A creation that was cut short left some of them out.
      const isAlone = (await group.members()).length === 1;
      if (isAlone && inboxIds.length > 0) await group.addMembers(inboxIds);
    }
    return { ...(await show(group)), replayed: known !== undefined };
  };

  return {
    async create(wanted) {
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
      return await change(id, async (group) => {
        const present = new Set((await group.members()).map(({ inboxId }) => inboxId));
        const missing = inboxIds.filter((inboxId) => !present.has(inboxId));
        if (missing.length > 0) await group.addMembers(missing);
      });
    },
    async remove(id, members) {
      const wanted = new Set(members.map((address) => address.toLowerCase()));
      return await change(id, async (group) => {
        const present = await group.members();
        const leaving = present.filter(({ accountIdentifiers }) =>
          ethereumOf(accountIdentifiers).some((a) => wanted.has(a)),
        );
        const others = leaving.map(({ inboxId }) => inboxId).filter((inboxId) => inboxId !== client.inboxId);
        if (others.length > 0) await group.removeMembers(others);
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
    async leave(id) {
      await change(id, (group) => group.requestRemoval());
    },
    update: (id, { title, description }) =>
      change(id, async (group) => {
        if (title !== undefined) await group.updateName(title);
        if (description !== undefined) await group.updateDescription(description);
      }),
    setRole: (id, member, role) =>
      change(id, async (group) => {
        const present = await group.members();
        const found = present.find(({ accountIdentifiers }) =>
          ethereumOf(accountIdentifiers).includes(member.toLowerCase()),
        );
        if (found === undefined) throw mailboxError('RECIPIENT_NOT_FOUND', { detail: member });
        await (role === 'admin' ? group.addAdmin(found.inboxId) : group.removeAdmin(found.inboxId));
      }),
  };
}
