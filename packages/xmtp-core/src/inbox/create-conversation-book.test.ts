import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createQuietConversation } from '../../test/create-quiet-conversation.ts';
import { openJournal } from '../journal/open-journal.ts';
import type { Conversation } from '../sdk/conversation.ts';
import { createConversationBook } from './create-conversation-book.ts';

/** Two askers at once, as a welcome and a reconcile are: the second goes on where `go` lets it. */
async function setUp() {
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
    commitAfterMs: 60_000,
  });
  onTestFinished(() => journal.close());
  const states = new Map<string, 'unknown' | 'denied'>();
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const hold = () => (isHeld ? new Promise<void>((resolve) => waiting.push(resolve)) : Promise.resolve());
  const native = (id: string): Conversation =>
    createQuietConversation({
      id,
      async kind() {
        await hold();
        return 'group';
      },
      consent: () => states.get(id) ?? 'unknown',
      setConsent: (state) => states.set(id, state as 'denied'),
    });
  const client = {
    conversationIds: () => ['first', 'second'].filter((id) => states.get(id) !== 'denied'),
    exactConversation: async (id: string) => native(id),
  };
  const book = createConversationBook({ client, journal });
  const hesitate = () => (isHeld = true);
  const go = () => {
    isHeld = false;
    for (const resume of waiting.splice(0)) resume();
  };
  const deny = (id: string) => {
    states.set(id, 'denied');
    book.remove(id);
  };
  return { book, native, hesitate, go, deny };
}

test('what was denied while somebody else was finding it stays out', async () => {
  const { book, hesitate, go, deny } = await setUp();
  hesitate();
  const slow = book.discover();
  await Promise.resolve();
  deny('second');
  deny('first');
  go();
  expect(await slow).toEqual([]);
  expect(book.size()).toBe(0);
});

test('two that find the same conversation at once enter it once', async () => {
  const { book, hesitate, go } = await setUp();
  hesitate();
  const both = [book.discover(), book.discover()];
  await Promise.resolve();
  go();
  expect((await Promise.all(both)).flat().toSorted()).toEqual(['first', 'second']);
});

test('a conversation that was refused after its denial was lifted stays out', async () => {
  const { book, native, hesitate, go, deny } = await setUp();
  const lifted = native('first');
  hesitate();
  const entering = book.adopt(lifted);
  deny('first');
  go();
  expect([await entering, book.size()]).toEqual([false, 0]);
});

test('who was put out and let in by another way is inside at once, and found once', async () => {
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  onTestFinished(() => journal.close());
  let isMember = true;
  const native = createQuietConversation({
    id: 'first',
    kind: () => Promise.resolve('group'),
    isMember: () => isMember,
  });
  const client = { conversationIds: () => ['first'], exactConversation: () => Promise.resolve(native) };
  const book = createConversationBook({ client, journal });
  expect(await book.discover()).toEqual(['first']);
  isMember = false;
  book.noteOutside('first');
  expect([book.isOutside('first'), await book.discover()]).toEqual([true, []]);
  // Whoever has the SDK's client may have taken the welcome.
  isMember = true;
  expect([book.isOutside('first'), await book.discover(), await book.discover()]).toEqual([false, ['first'], []]);
});

test('one that we are in is not asked about again whenever it is used', async () => {
  const { book, native } = await setUp();
  const used = native('first');
  const isMember = vi.spyOn(used, 'isMember');
  await book.adopt(used);
  isMember.mockClear();
  expect(await book.adopt(used)).toBe(false);
  expect(isMember).not.toHaveBeenCalled();
});

test('to list many conversations their keys are not looked into, and whether we are in them is asked when it matters', async () => {
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  onTestFinished(() => journal.close());
  const asked: string[] = [];
  const native = (id: string, isDirect: boolean, kind: 'dm' | 'group') =>
    createQuietConversation({
      id,
      isDirect: () => isDirect,
      peerInboxId: () => `peer of ${id}`,
      async kind() {
        asked.push(`kind of ${id}`);
        return kind;
      },
      isMember() {
        asked.push(`whether in ${id}`);
        return id !== 'left';
      },
    });
  const all = new Map(
    [
      native('dm', true, 'dm'),
      // Its keys are ours to believe, its claim to be a direct message is not.
      native('liar', true, 'group'),
      native('left', false, 'group'),
      ...Array.from({ length: 120 }, (_, index) => native(`group ${index}`, false, 'group')),
    ].map((each) => [each.id, each]),
  );
  const client = { conversationIds: () => [...all.keys()], exactConversation: async (id: string) => all.get(id)! };
  const first = createConversationBook({ client, journal });
  expect(await first.discover()).toHaveLength(123);
  expect(asked).toEqual(['kind of dm', 'kind of liar']);
  asked.length = 0;
  const second = createConversationBook({ client, journal });
  await second.discover();
  expect(second.all().map(({ type }) => type)).toEqual(['dm', ...Array.from({ length: 122 }, () => 'group')]);
  expect(asked).toEqual(['kind of liar']);
  asked.length = 0;
  expect([second.isOutside('left'), second.isOutside('dm'), second.isOutside('dm')]).toEqual([true, false, false]);
  expect((await second.cursors(['left', 'dm'])).map(({ key }) => key)).toEqual(['dm']);
  expect(asked.filter((each) => each === 'whether in dm')).toHaveLength(1);
  // What is used may be neither: only what the SDK lists is known to be one of them.
  asked.length = 0;
  await second.adopt(native('used', false, 'group'));
  expect(asked).toEqual(['kind of used']);
});
