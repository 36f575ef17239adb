import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { renderLine } from '@xmtp-messaging/inbound-guard';
import type { Group } from '@xmtp-messaging/xmtp-core';
import type { AgentHome } from '../types.ts';

/** A group as the agent may see it: what its members wrote is cleaned, and who of them is listed is told. */
export interface AgentGroup {
  conversationId: string;
  title: string;
  description: string;
  members: {
    /** The listed one, else the first; EIP-55. */
    address: string | null;
    inboxId: string;
    /** Of the allowlist. */
    name: string | null;
    listed: boolean;
    role: 'member' | 'admin' | 'super-admin';
    self: boolean;
  }[];
}

export function showGroup(group: Group, { allowlist }: Pick<AgentHome, 'allowlist'>): AgentGroup {
  return {
    conversationId: group.conversationId,
    title: renderLine(group.title),
    description: renderLine(group.description),
    members: group.members.map(({ addresses, inboxId, role, isSelf }) => {
      const listed = addresses.find((address) => allowlist.has(address));
      const address = listed ?? addresses[0] ?? null;
      return {
        address: address === null ? null : toChecksumAddress(address),
        inboxId,
        name: (listed === undefined ? null : allowlist.find(listed)?.name) ?? null,
        listed: listed !== undefined,
        role,
        self: isSelf,
      };
    }),
  };
}
