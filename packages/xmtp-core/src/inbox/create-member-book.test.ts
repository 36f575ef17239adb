import { expect, test } from 'vitest';
import { createQuietConversation } from '../../test/create-quiet-conversation.ts';
import { createMemberBook } from './create-member-book.ts';

function setUp() {
  const facts = {
    now: 1_000_000,
    changedAt: 1_000_000,
    since: [] as number[],
    version: 'v1',
    members: ['a', 'b'],
    time: 0,
    isBroken: false,
    looks: 0,
    asked: [] as string[][],
  };
  const native = createQuietConversation({
    id: 'g',
    changeSince: async (sinceNs) => {
      if (facts.isBroken) throw new Error('cannot be read');
      facts.since.push(Number(sinceNs / 1_000_000n));
      return Number(sinceNs / 1_000_000n) < facts.changedAt ? facts.version : null;
    },
    members: async () => {
      facts.looks += 1;
      return facts.members.map((inboxId) => ({ inboxId, addresses: [`0x${inboxId}`], installations: 1 }));
    },
  });
  const people = createMemberBook({
    client: {
      inboxId: 'a',
      conversation: (id) => (id === 'g' ? native : null),
      async knownIdentities(ids) {
        facts.asked.push([...ids]);
        return ids.map((inboxId) => ({ inboxId, addresses: [`0x${inboxId}`] }));
      },
    },
    elapsed: () => facts.time,
    now: () => facts.now,
  });
  const message = (conversationId = 'g') => ({ conversationId, conversationType: 'group', content: null }) as const;
  const read = async () => (await people()(message())).members?.map(({ inboxId }) => inboxId);
  return { facts, people, message, read };
}

test('members are looked up when they have changed, after a minute, and otherwise not', async () => {
  const { facts, people, message, read } = setUp();
  const page = people();
  for (let index = 0; index < 1_000; index += 1) await page(message());
  expect([await read(), await read(), facts.looks]).toEqual([['a', 'b'], ['a', 'b'], 1]);
  // Whoever came and went while a message waited is not told of; whoever is there now is.
  Object.assign(facts, { version: 'v2', members: ['a', 'b', 'c'] });
  expect([await read(), facts.looks]).toEqual([['a', 'b', 'c'], 2]);
  Object.assign(facts, { version: 'v3', members: ['a', 'b'] });
  expect([await read(), facts.looks]).toEqual([['a', 'b'], 3]);
  facts.time = 60_001;
  await read();
  expect(facts.looks).toBe(4);
});

test('what is not known is not nobody, and a direct message has no members', async () => {
  const { facts, people, read } = setUp();
  facts.isBroken = true;
  expect(await read()).toBeUndefined();
  const nothing = { members: null, named: [] };
  expect(await people()({ conversationId: 'gone', conversationType: 'group', content: null })).toEqual(nothing);
  expect(await people()({ conversationId: 'g', conversationType: 'dm', content: null })).toEqual(nothing);
});

test('whom a change names is looked up once each, and at most as many as a group holds', async () => {
  const { facts, people } = setUp();
  const inboxes = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ({ inboxId: String(from + index) }));
  const content = {
    initiatedByInboxId: '1',
    addedInboxes: inboxes(0, 300),
    removedInboxes: inboxes(0, 10),
    leftInboxes: [],
    metadataFieldChanges: [{ fieldName: 'group_name', newValue: 'x' }],
    addedAdminInboxes: [],
    removedAdminInboxes: [],
    addedSuperAdminInboxes: [],
    removedSuperAdminInboxes: [],
  };
  const { named } = await people()({ conversationId: 'g', conversationType: 'group', content });
  expect([named.length, new Set(facts.asked[0]).size, facts.asked.length]).toEqual([250, 250, 1]);
});

test('only what came in since the last look is looked at, and what came in late is seen', async () => {
  const { facts, read } = setUp();
  await read();
  const pass = (ms: number) => {
    facts.now += ms;
    facts.time += ms;
  };
  pass(30_000);
  // The change of before is not found any more, and is known.
  expect([await read(), facts.looks]).toEqual([['a', 'b'], 1]);
  pass(1_000);
  await read();
  expect(facts.since.map((since) => facts.now - since)).toEqual([91_000, 91_000, 61_000]);
  // Stamped before that look, and visible after it.
  Object.assign(facts, { version: 'v2', members: ['a'], changedAt: facts.now - 30_000 });
  pass(1_000);
  expect([await read(), facts.looks]).toEqual([['a'], 2]);
  // Stamped by a clock that was set back.
  facts.now -= 3_600_000;
  pass(1_000);
  Object.assign(facts, { version: 'v3', members: ['b'], changedAt: facts.now });
  pass(1_000);
  expect([await read(), facts.looks]).toEqual([['b'], 3]);
});
