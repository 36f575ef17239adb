import type { GroupRole, GroupSettings, NewGroup } from '@xmtp-messaging/xmtp-core';
import { AgentError } from '../errors.ts';
import type { AgentResolver } from '../names/create-resolver.ts';
import type { OpenParts } from '../types.ts';
import type { AgentGroup } from './create-group-view.ts';

/** What may be changed in a group. */
export interface AgentGroupSettings extends Omit<GroupSettings, 'disappearAfterMs'> {
  /** What is sent from now on disappears after this; `null`: it stays. */
  disappearAfterSeconds?: number | null | undefined;
}

/** What a new group is to be. */
export interface NewAgentGroup extends AgentGroupSettings, Pick<NewGroup, 'idempotencyKey'> {
  /** Names or addresses of the others. */
  members: readonly string[];
}

/** What a program without types may ask for: refused by its members. */
const noGroup = {} as NewAgentGroup;

interface Waiting {
  signal?: AbortSignal | undefined;
}

/**
 * Making and changing groups; people by name or address. Whom the agent hears there stays with the lists. A change that resolves holds
 * at that moment. All throw MailboxError CONVERSATION_NOT_FOUND, NOT_A_MEMBER, PERMISSION_DENIED with what is missing, GROUP_CHANGED;
 * with people also ResolveError, and RECIPIENT_NOT_FOUND.
 */
export interface AgentGroups {
  /** Makes a group, with this agent as its super admin. `replayed`: an earlier call with the same idempotency key had made it. */
  create(group: NewAgentGroup, options?: Waiting): Promise<AgentGroup & { replayed: boolean }>;
  /** Local. */
  get(conversationId: string): Promise<AgentGroup>;
  /** Who is in it already stays. */
  add(conversationId: string, members: readonly string[], options?: Waiting): Promise<AgentGroup>;
  /** Who is not in it stays out. */
  remove(conversationId: string, members: readonly string[], options?: Waiting): Promise<AgentGroup>;
  /** All of it or nothing, where a right is missing. */
  update(conversationId: string, change: AgentGroupSettings): Promise<AgentGroup>;
  /** Makes a member what is said, from whatever it was. */
  setRole(conversationId: string, member: string, role: GroupRole, options?: Waiting): Promise<AgentGroup>;
  /** Asks to leave; an admin's client completes it. */
  leave(conversationId: string): Promise<void>;
}

/** The groups of the mailbox that `open` gives, which throws as long as there is none. */
export function createAgentGroups(open: () => OpenParts, resolver: Pick<AgentResolver, 'resolve'>): AgentGroups {
  const groups = () => open().mailbox.groups;
  const show = (group: Parameters<OpenParts['home']['groupView']>[0]) => open().home.groupView(group);
  const addressesOf = async (names: readonly string[], { signal }: Waiting = {}) => {
    if (!Array.isArray(names))
      throw new AgentError({ code: 'INVALID_REQUEST', metaMessages: ['Members are a list of names and addresses.'] });
    return await Promise.all(names.map(async (name) => (await resolver.resolve(name, { signal })).address));
  };
  const settings = <T extends AgentGroupSettings>({ disappearAfterSeconds: seconds, ...rest }: T) => ({
    ...rest,
    ...(seconds === undefined ? {} : { disappearAfterMs: seconds === null ? null : seconds * 1_000 }),
  });

  return {
    async create(group, options) {
      const { members, ...wanted } = group ?? noGroup;
      const addresses = await addressesOf(members, options);
      const { replayed, ...made } = await groups().create({ ...settings(wanted), members: addresses });
      return { ...show(made), replayed };
    },
    get: async (id) => show(await groups().get(id)),
    add: async (id, members, options) => show(await groups().add(id, await addressesOf(members, options))),
    remove: async (id, members, options) => show(await groups().remove(id, await addressesOf(members, options))),
    update: async (id, change) => show(await groups().update(id, settings(change ?? {}))),
    async setRole(id, member, role, options) {
      const [address] = await addressesOf([member], options);
      return show(await groups().setRole(id, address!, role));
    },
    leave: (id) => groups().leave(id),
  };
}
