import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../journal/open-journal.ts';
import type { Message } from '../sdk/native-types.ts';
import type { Address, Envelope } from '../types.ts';
import { createAcceptPage } from './accept-page.ts';
import { createInboundStore } from './inbound-store.ts';
import { createPassedStore } from './passed-store.ts';

const conversation = { id: 'c', type: 'dm' } as const;
const message = (id: string, senderInboxId = 'alice') =>
  ({
    id,
    senderInboxId,
    sentAtNs: 5_000_000n,
    insertedAtNs: 6_000_000n,
    content: { parameters: {}, content: Buffer.from(id) },
  }) as unknown as Message;

async function setUp(asksForSize = false) {
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  onTestFinished(() => journal.close());
  const inbound = createInboundStore(journal);
  const heard: string[] = [];
  const envelopes: Envelope[] = [];
  const sizes: number[] = [];
  const known: readonly Address[] = ['0x1'];
  const resolve = { sender: (inboxId: string) => Promise.resolve(inboxId === '' ? [] : known) };
  const acceptPage = createAcceptPage({
    journal,
    inbound,
    passed: createPassedStore(journal),
    resolveSender: (inboxId) => resolve.sender(inboxId),
    admit(envelope) {
      envelopes.push(envelope);
      if (asksForSize) sizes.push(envelope.contentBytes);
      return envelope.messageId.startsWith('no')
        ? { admit: false, reason: 'not-listed' }
        : { admit: true, sender: 'unknown' };
    },
    historicalAfterMs: 1_000,
    now: () => 500,
    onAccepted: ({ messageId }) => heard.push(messageId),
    onRefused: ({ messageId }) => heard.push(`refused ${messageId}`),
  });
  return { acceptPage, inbound, heard, envelopes, sizes, resolve };
}

test('each message is decided on once, and told in order after it is on disk', async () => {
  const { acceptPage, heard, envelopes, inbound } = await setUp();
  const page = [message('1'), message('no'), message('2')];
  expect(await acceptPage(conversation, page)).toEqual({ accepted: 2, refused: 1, undecided: false });
  expect(await acceptPage(conversation, page)).toEqual({ accepted: 0, refused: 0, undecided: false });
  expect(heard).toEqual(['1', '2', 'refused no']);
  expect(envelopes).toHaveLength(3);
  expect(inbound.get('1')).toMatchObject({ sentAt: 5, receivedAt: 500, contentBytes: 1, historical: false });
});

test('no position shows before it is on disk, however long a later sender takes to look up', async () => {
  const { acceptPage, inbound, resolve } = await setUp();
  const { promise: lookedUp, resolve: release } = Promise.withResolvers<void>();
  resolve.sender = async (inboxId) => {
    if (inboxId === 'carol') await lookedUp;
    return ['0x1'];
  };
  const accepting = acceptPage(conversation, [message('1'), message('2', 'carol')]);
  await new Promise(setImmediate);
  expect(inbound.head()).toBe(0);
  release();
  await accepting;
  expect(inbound.head()).toBe(2);
});

test('a page that is scanned twice at the same time is accepted once', async () => {
  const { acceptPage, heard } = await setUp();
  const outcomes = await Promise.all([
    acceptPage(conversation, [message('1')]),
    acceptPage(conversation, [message('1')]),
  ]);
  expect(outcomes.map(({ accepted }) => accepted).reduce((sum, n) => sum + n)).toBe(1);
  expect(heard).toEqual(['1']);
});

test('a sender who cannot be looked up holds up what follows, and nothing is decided on a guess', async () => {
  const { acceptPage, heard, resolve } = await setUp();
  const answer = resolve.sender;
  resolve.sender = async (inboxId) => {
    if (inboxId === 'carol') throw new Error('unreachable');
    return ['0x1'];
  };
  const page = [message('1'), message('2', 'carol'), message('3')];
  expect(await acceptPage(conversation, page)).toEqual({ accepted: 1, refused: 0, undecided: true });
  resolve.sender = answer;
  await acceptPage(conversation, page);
  expect(heard).toEqual(['1', '2', '3']);
});

test('admission is asked with the inflated size, and a page of compressed messages yields between them', async () => {
  const { acceptPage, sizes, inbound } = await setUp(true);
  const content = { parameters: {}, content: gzipSync(Buffer.alloc(300_000)), compression: 1 };
  const page = ['1', '2', '3', '4'].map((id) => ({ ...message(id), content }));
  let turns = 0;
  const count = () => {
    turns += 1;
    if (turns < 100) setImmediate(count);
  };
  setImmediate(count);
  const accepting = acceptPage(conversation, page);
  await new Promise(setImmediate);
  expect(sizes.length).toBeLessThan(4);
  await accepting;
  expect(turns).toBeGreaterThanOrEqual(3);
  expect(sizes).toEqual([300_000, 300_000, 300_000, 300_000]);
  expect(inbound.get('1')).toMatchObject({ contentBytes: 300_000 });
});
