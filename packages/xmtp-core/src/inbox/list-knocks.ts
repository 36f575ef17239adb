import type { NativeClient } from '../sdk/native-client.ts';
import type { Address, Knock } from '../types.ts';
import type { DeniedConversation, DeniedStore } from './create-denied-store.ts';
import type { DroppedStore } from './create-dropped-store.ts';

const maxAddresses = 250;

/** Who knocked: what was dropped of strangers, by sender, and the groups that are denied. */
export async function listKnocks(options: {
  client: Pick<NativeClient, 'exactConversation' | 'inboxId'>;
  dropped: Pick<DroppedStore, 'dropped'>;
  denied: Pick<DeniedStore, 'all'>;
  limit: number;
}): Promise<Knock[]> {
  const { client, dropped, denied, limit } = options;
  const senders = new Map<string, Knock>();
  for (const row of dropped.dropped(limit)) {
    if (!row.isStranger) continue;
    const { senderInboxId, senderAddresses: addresses, reason, count, atLeast, firstAt, lastAt } = row;
    const known = senders.get(senderInboxId);
    if (known === undefined) {
      const facts = { addresses, reason, count, atLeast, firstAt, lastAt };
      senders.set(senderInboxId, { kind: 'message', senderInboxId, conversationId: null, ...facts });
      continue;
    }
    known.count += count;
    known.atLeast ||= atLeast;
    known.firstAt = Math.min(known.firstAt, firstAt);
  }
  const invite = async ({ groupId, reason, at }: DeniedConversation): Promise<Knock> => {
    const members = (await (await client.exactConversation(groupId))?.members()) ?? [];
    const others = members.filter(({ inboxId }) => inboxId !== client.inboxId);
    return {
      kind: 'invitation',
      senderInboxId: null,
      conversationId: groupId,
      addresses: others.flatMap(({ addresses }) => addresses as Address[]).slice(0, maxAddresses),
      reason,
      count: 0,
      atLeast: true,
      firstAt: at,
      lastAt: at,
    };
  };
  const groups = denied.all().filter(({ type }) => type === 'group');
  const newest = groups.toSorted((a, b) => b.at - a.at).slice(0, limit);
  const invitations: Knock[] = [];
  for (const group of newest) invitations.push(await invite(group));
  return [...senders.values(), ...invitations].toSorted((a, b) => b.lastAt - a.lastAt).slice(0, limit);
}
