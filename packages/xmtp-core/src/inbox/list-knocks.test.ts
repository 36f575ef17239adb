import { expect, test } from 'vitest';
import { createQuietConversation } from '../../test/create-quiet-conversation.ts';
import type { Address, DroppedSender } from '../types.ts';
import type { DeniedConversation } from './create-denied-store.ts';
import { listKnocks } from './list-knocks.ts';

const addressOf = (name: string): Address => `0x${Buffer.from(name.padEnd(20)).toString('hex')}`;
const friend = addressOf('friend');

function createStage(groups: readonly DeniedConversation[], dropped: readonly DroppedSender[] = []) {
  const denied = new Map(groups.map((each) => [each.groupId, each]));
  let asked = 0;
  const list = (options: { limit?: number; after?: string | undefined; from?: string } = {}) =>
    listKnocks({
      client: {
        inboxId: 'self',
        async exactConversation(id) {
          asked += 1;
          const inboxId = denied.get(id)?.inviter?.inboxId ?? 'friend';
          const members = async () => [{ inboxId, addresses: [addressOf(inboxId)], installations: 1 }];
          return createQuietConversation({ id, members, inviterInboxId: () => inboxId });
        },
      },
      dropped: { dropped: () => [...dropped] },
      denied: {
        all: () => [...denied.values()],
        get: (id) => denied.get(id) ?? null,
        add: (each) => void denied.set(each.groupId, each),
      },
      isKnown: (address) => address === friend,
      limit: 100,
      ...options,
    });
  return { list, asked: () => asked };
}

const group = (
  name: string,
  inboxId: string | null,
  at: number,
  reason: DeniedConversation['reason'] = 'nobody-heard',
) => ({
  groupId: name,
  type: 'group' as const,
  reason,
  at,
  until: null,
  inviter: inboxId === null ? null : { inboxId, addresses: [addressOf(inboxId)] },
});
const sender = (senderInboxId: string, lastAt: number, isStranger = true): DroppedSender => ({
  senderInboxId,
  senderAddresses: [addressOf(senderInboxId)],
  reason: 'not-listed',
  conversationType: 'dm',
  isStranger,
  count: 1,
  atLeast: false,
  firstAt: lastAt,
  lastAt,
});

test('a thousand groups of a stranger are one line, behind every group of somebody on the list', async () => {
  const flood = Array.from({ length: 1_000 }, (_, n) => group(`flood-${n}`, 'mallory', 1_000 + n));
  const { list, asked } = createStage(
    [
      ...flood,
      group('real-1', 'friend', 1, 'group-not-listed'),
      group('real-2', 'friend', 2, 'group-not-listed'),
      group('refused', 'mallory', 3, 'refused'),
    ],
    [sender('eve', 500), sender('friend', 600, false)],
  );
  const { knocks, next, total } = await list();
  expect(
    knocks.map(({ conversationId, senderInboxId, groups, isKnown }) => [
      conversationId,
      senderInboxId,
      groups,
      isKnown,
    ]),
  ).toEqual([
    ['real-2', 'friend', 1, true],
    ['real-1', 'friend', 1, true],
    ['flood-999', 'mallory', 1_000, false],
    [null, 'eve', 0, false],
    ['refused', 'mallory', 1, false],
  ]);
  expect([next, total]).toEqual([null, { senders: 1, groups: 1_003 }]);
  expect(knocks[0]).toMatchObject({ kind: 'invitation', invitedBy: [friend], addresses: [friend] });
  // Who is in a group is asked for what is shown, and for nothing else.
  expect(asked()).toBe(4);
});

test('each group of one inviter is there when it is asked for, page by page', async () => {
  const { list } = createStage(
    Array.from({ length: 250 }, (_, n) => group(`g-${n}`, 'mallory', n)),
    [sender('mallory', 9)],
  );
  const seen: (string | null)[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await list({ from: 'mallory', limit: 100, after });
    seen.push(...page.knocks.map(({ conversationId }) => conversationId));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen).toHaveLength(251);
  expect(new Set(seen).size).toBe(251);
  expect((await list({ from: 'nobody' })).knocks).toEqual([]);
});

test('groups of a version that kept no inviter are given theirs, so that nobody on the list is among strangers', async () => {
  const { list } = createStage([group('old', null, 0), group('new', 'mallory', 5)]);
  expect((await list()).knocks).toMatchObject([
    { conversationId: 'old', senderInboxId: 'friend', isKnown: true },
    { conversationId: 'new', isKnown: false },
  ]);
});
