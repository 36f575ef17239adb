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
