import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createQuietConversation } from '../../test/create-quiet-conversation.ts';
import { createFindConversation } from './create-find-conversation.ts';

const address = '0x00000000000000000000000000000000000000Ab';
const peer = { inboxId: 'peer', addresses: [], installations: 1 };

/** A direct message that was half made, and what is asked of it. */
function setUp({ isRepairable = true, kind = 'dm' }: { isRepairable?: boolean; kind?: 'dm' | 'group' } = {}) {
  const clock = createManualClock();
  const state = { isWhole: false, looks: 0, added: 0 };
  const repaired: string[] = [];
  const conversation = createQuietConversation({
    id: 'c',
    kind: async () => kind,
    async members() {
      state.looks += 1;
      return state.isWhole ? [peer] : [];
    },
    async addPeer() {
      state.added += 1;
      state.isWhole = isRepairable;
    },
  });
  const find = createFindConversation({
    client: {
      createDm: async () => conversation,
      createDmWith: async () => conversation,
      conversation: (id) => (id === 'c' ? conversation : null),
    },
    now: () => clock.now(),
    onRepaired: (id) => repaired.push(id),
    ttlMs: 1_000,
  });
  return { find, state, repaired, clock, conversation };
}

test.each([
  ['its address', { address }],
  ['its conversation id', { conversationId: 'c' }],
] as const)('a half-made direct message is repaired, looked at again, told of and remembered, by %s', async (_, to) => {
  const { find, state, repaired, clock, conversation } = setUp();
  expect(await Promise.all([find(to), find(to)])).toEqual([conversation, conversation]);
  expect({ ...state, repaired }).toEqual({ isWhole: true, looks: 2, added: 1, repaired: ['c'] });
  await find(to);
  expect(state.looks).toBe(2);
  clock.advance(1_001);
  await find(to);
  expect({ ...state, repaired }).toEqual({ isWhole: true, looks: 3, added: 1, repaired: ['c'] });
});

test.each([
  ['its address', { address }],
  ['its conversation id', { conversationId: 'c' }],
] as const)('nothing goes to one that cannot be repaired, by %s, and the next send tries again', async (_, to) => {
  const { find, state, repaired } = setUp({ isRepairable: false });
  await expect(find(to)).rejects.toMatchObject({ code: 'SDK_FAILED' });
  await expect(find(to)).rejects.toMatchObject({ code: 'SDK_FAILED' });
  expect({ added: state.added, repaired }).toEqual({ added: 2, repaired: [] });
});

test('one look serves address and id of the same conversation', async () => {
  const { find, state } = setUp();
  await find({ address });
  await find({ conversationId: 'c' });
  expect(state.looks).toBe(2);
});

test('a group has no peer, and what is not there is said', async () => {
  const { find, state } = setUp({ kind: 'group' });
  await find({ conversationId: 'c' });
  expect(state).toMatchObject({ looks: 0, added: 0 });
  await expect(find({ conversationId: 'd' })).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
});
