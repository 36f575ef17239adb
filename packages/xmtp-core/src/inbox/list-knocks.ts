import type { NativeClient } from '../sdk/native-client.ts';
import type { Address, Knock, KnockListOptions, KnockPage } from '../types.ts';
import type { DeniedConversation, DeniedStore } from './create-denied-store.ts';
import type { DroppedStore } from './create-dropped-store.ts';
import { findInviter } from './find-inviter.ts';
import { pageOf } from './page-of.ts';

const maxAddresses = 250;
/** Groups of earlier versions whose inviter is looked for in one go. */
const maxFound = 200;

/** A line before it is shown: of a group, who is in it is asked for then. */
type Line = Knock | { group: DeniedConversation; groups: number };

/**
 * Who knocked: what was dropped of strangers, by sender, and the groups that are denied, by inviter. Whoever makes a thousand
 * groups has one line for them; whom the operator knows has a line for each, before all others.
 */
export async function listKnocks(
  options: {
    client: Pick<NativeClient, 'exactConversation' | 'inboxId'>;
    dropped: Pick<DroppedStore, 'dropped'>;
    denied: Pick<DeniedStore, 'all' | 'get' | 'add'>;
    isKnown: (address: Address) => boolean;
  } & KnockListOptions & { limit: number },
): Promise<KnockPage> {
  const { client, dropped, denied, isKnown, from, after, limit } = options;
  const isKnownInviter = ({ inviter }: DeniedConversation) => inviter?.addresses.some(isKnown) === true;

  const isGroup = ({ type }: DeniedConversation) => type === 'group';
  const nameless = denied.all().filter((each) => isGroup(each) && each.inviter === null);
  for (const group of nameless.slice(0, maxFound)) {
    const native = await client.exactConversation(group.groupId);
    const inviter = native === null ? null : await findInviter({ type: 'group', native }).catch(() => null);
    // It may have been accepted meanwhile.
    if (inviter !== null && denied.get(group.groupId) !== null) denied.add({ ...group, inviter });
  }
  const groups = denied.all().filter(isGroup);

  const lines: Line[] = [];
  const byInviter = new Map<string, DeniedConversation[]>();
  for (const group of groups) {
    const { inviter, reason } = group;
    if (from !== undefined && inviter?.inboxId !== from) continue;
    // What the operator decided on, or asks for, is no flood.
    const isApart = from !== undefined || inviter === null || reason === 'refused' || isKnownInviter(group);
    if (isApart) lines.push({ group, groups: 1 });
    else byInviter.set(inviter.inboxId, [...(byInviter.get(inviter.inboxId) ?? []), group]);
  }
  for (const theirs of byInviter.values()) {
    const newest = theirs.reduce((a, b) => (b.at > a.at ? b : a));
    lines.push({ group: newest, groups: theirs.length });
  }
  const senders = messageKnocks(dropped);
  for (const knock of senders) if (from === undefined || knock.senderInboxId === from) lines.push(knock);

  const { rows, next } = pageOf(lines, {
    after,
    limit,
    placeOf: (line) =>
      'group' in line
        ? { isKnown: isKnownInviter(line.group), lastAt: line.group.at, id: line.group.groupId }
        : { isKnown: false, lastAt: line.lastAt, id: line.senderInboxId ?? '' },
  });
  const knocks: Knock[] = [];
  for (const line of rows) knocks.push('group' in line ? await invite(line.group, line.groups) : line);
  return { knocks, next, total: { senders: senders.length, groups: groups.length } };

  async function invite(group: DeniedConversation, count: number): Promise<Knock> {
    const { groupId, reason, at, inviter } = group;
    const members = (await (await client.exactConversation(groupId))?.members()) ?? [];
    const others = members.filter(({ inboxId }) => inboxId !== client.inboxId);
    return {
      kind: 'invitation',
      senderInboxId: inviter?.inboxId ?? null,
      conversationId: groupId,
      addresses: others.flatMap(({ addresses }) => addresses as Address[]).slice(0, maxAddresses),
      invitedBy: inviter?.addresses ?? [],
      isKnown: isKnownInviter(group),
      groups: count,
      reason,
      count: 0,
      atLeast: true,
      firstAt: at,
      lastAt: at,
    };
  }
}

/** One line for each stranger of whom something was dropped, whatever the reasons. */
function messageKnocks(dropped: Pick<DroppedStore, 'dropped'>): Knock[] {
  const senders = new Map<string, Knock>();
  for (const row of dropped.dropped()) {
    if (!row.isStranger) continue;
    const { senderInboxId, senderAddresses: addresses, reason, count, atLeast, firstAt, lastAt } = row;
    const known = senders.get(senderInboxId);
    if (known === undefined) {
      const facts = { addresses, invitedBy: [], isKnown: false, groups: 0, reason, count, atLeast, firstAt, lastAt };
      senders.set(senderInboxId, { kind: 'message', senderInboxId, conversationId: null, ...facts });
      continue;
    }
    known.count += count;
    known.atLeast ||= atLeast;
    known.firstAt = Math.min(known.firstAt, firstAt);
  }
  return [...senders.values()];
}
