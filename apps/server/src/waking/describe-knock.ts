import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import type { Knock } from '@xmtp-messaging/xmtp-core';

/** A knock as its operator is told of it: who and how often, never what was said. */
export interface ToldKnock {
  kind: 'message' | 'invitation';
  /** EIP-55, of who wrote, or who put the agent into a group; `null` when it is not known. */
  address: string | null;
  /** Which the chain confirmed; its owner chose it. */
  name: string | null;
  inboxId: string | null;
  /** Whether that is somebody on the allowlist. */
  listed: boolean;
  /** Messages that were seen; of an invitation the groups of that inviter. */
  count: number;
  /** There may be more. */
  atLeast: boolean;
  /** The group, for accepting or refusing it. */
  conversationId: string | null;
  firstAt: string | null;
  lastAt: string | null;
}

export function describeKnock(knock: Knock, name: string | null): ToldKnock {
  const { kind, senderInboxId: inboxId, isKnown: listed, conversationId, firstAt, lastAt } = knock;
  const [address = null] = kind === 'message' ? knock.addresses : knock.invitedBy;
  return {
    kind,
    address: address === null ? null : toChecksumAddress(address),
    name,
    inboxId,
    listed,
    count: kind === 'message' ? knock.count : knock.groups,
    atLeast: kind === 'message' && knock.atLeast,
    conversationId,
    firstAt: time(firstAt),
    lastAt: time(lastAt),
  };
}

const time = (at: number) => (at === 0 ? null : new Date(at).toISOString());
