import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createManualClock, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../journal/open-journal.ts';
import type { Address, Envelope } from '../types.ts';
import { failToCommit } from '../../test/fail-to-commit.ts';
import { storedMessage } from '../../test/stored-message.ts';
import { createDecidePage } from './create-decide-page.ts';
import { createDecideMessage } from './create-decide-message.ts';
import { createInboundStore } from './create-inbound-store.ts';
import { createDroppedStore } from './create-dropped-store.ts';
import { createWaitingStore } from './create-waiting-store.ts';

const conversation = { groupId: 'g', id: 'c', type: 'dm' } as const;
const message = (id: string, senderInboxId = 'alice') =>
  storedMessage({ id, senderInboxId, content: { parameters: {}, content: Buffer.from(id) } });

async function setUp(asksForSize = false) {
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  onTestFinished(() => journal.close());
  const inbound = createInboundStore(journal);
  const dropped = createDroppedStore(journal);
  const waiting = createWaitingStore(journal);
  const heard: string[] = [];
  const envelopes: Envelope[] = [];
  const sizes: number[] = [];
  const clock = createManualClock();
  const known: readonly Address[] = ['0x1'];
  /** What the test changes as it goes. */
  const world = {
    sender: (inboxId: string) => Promise.resolve(inboxId === '' ? [] : known),
    isAnswering: true,
    isListReadable: true,
    areVerified: true,
    pagesOfExpiries: 0,
  };
  const look = async (inboxId: string) => ({
    addresses: await world.sender(inboxId),
    areVerified: world.areVerified,
  });
  const verified = async (inboxId: string) => ({ addresses: await world.sender(inboxId), areVerified: true });
  const decidePage = createDecidePage({
    journal,
    inbound,
    dropped,
    waiting,
    decide: createDecideMessage({
      resolveSender: Object.assign(look, { verified }),
      admit(envelope) {
        envelopes.push(envelope);
        if (asksForSize) sizes.push(envelope.contentBytes);
        if (!world.isListReadable) return { admit: false, reason: 'allowlist-unreadable', undecided: true };
        return envelope.messageId.startsWith('no')
          ? { admit: false, reason: 'not-listed' }
          : { admit: true, sender: 'unknown' };
      },
      isAnswering: async () => world.isAnswering,
      elapsed: () => clock.now(),
      random: () => 1,
    }),
    historicalAfterMs: 1_000,
    now: () => 500,
    expiries() {
      world.pagesOfExpiries += 1;
      return (groupId, id) => (groupId === 'g' && id === '2' ? 9 : null);
    },
    onAdmitted: ({ messageId }) => heard.push(messageId),
    onDropped: ({ messageId }) => heard.push(`dropped ${messageId}`),
  });
  /** Decides again on what waits, as a reconcile does. */
  const again = async () => {
    const rows = waiting.ofGroup('g', 1_000);
    const since = new Map(rows.map((row) => [row.messageId, row.since]));
    return await decidePage(
      conversation,
      rows.map((row) => message(row.messageId, row.senderInboxId)),
      since,
    );
  };
  return { decidePage, again, inbound, dropped, waiting, heard, envelopes, sizes, world, clock, journal };
}

test('each message is decided on once, and told in order after it is on disk', async () => {
  const { decidePage, heard, envelopes, inbound } = await setUp();
  const page = [message('1'), message('no'), message('2')];
  expect(await decidePage(conversation, page)).toEqual({
    admitted: 2,
    dropped: 1,
    waiting: 0,
    newestNs: 5_000_000n,
    undecided: false,
  });
  expect(await decidePage(conversation, page)).toEqual({
    admitted: 0,
    dropped: 0,
    waiting: 0,
    newestNs: null,
    undecided: false,
  });
  expect(heard).toEqual(['1', '2', 'dropped no']);
  expect(envelopes).toHaveLength(3);
  expect(inbound.get('1')).toMatchObject({ sentAt: 5, receivedAt: 500, contentBytes: 1, historical: false });
});

test('whether messages disappear is looked up for a page together, and noted with each', async () => {
  const { decidePage, inbound, world } = await setUp();
  await decidePage(conversation, [message('1'), message('2'), message('3')]);
  expect(['1', '2', '3'].map((id) => inbound.get(id)?.expiresAt)).toEqual([null, 9, null]);
  expect(world.pagesOfExpiries).toBe(1);
});

test('no position shows before it is on disk, however long a later sender takes to look up', async () => {
  const { decidePage, inbound, world } = await setUp();
  const { promise: lookedUp, resolve: release } = Promise.withResolvers<void>();
  world.sender = async (inboxId) => {
    if (inboxId === 'carol') await lookedUp;
    return ['0x1'];
  };
  const accepting = decidePage(conversation, [message('1'), message('2', 'carol')]);
  await new Promise(setImmediate);
  expect(inbound.lastSeq()).toBe(0);
  release();
  await accepting;
  expect(inbound.lastSeq()).toBe(2);
});

test('a page that is scanned twice at the same time is admitted once', async () => {
  const { decidePage, heard } = await setUp();
  const outcomes = await Promise.all([
    decidePage(conversation, [message('1')]),
    decidePage(conversation, [message('1')]),
  ]);
  expect(outcomes.map(({ admitted }) => admitted).reduce((sum, n) => sum + n)).toBe(1);
  expect(heard).toEqual(['1']);
});

test('while nobody can be looked up, nothing is decided on a guess, and the page is read again', async () => {
  const { decidePage, heard, waiting, world } = await setUp();
  const answer = world.sender;
  world.isAnswering = false;
  world.sender = async (inboxId) => {
    if (inboxId === 'carol') throw new Error('unreachable');
    return ['0x1'];
  };
  const page = [message('1'), message('2', 'carol'), message('3')];
  expect(await decidePage(conversation, page)).toEqual({
    admitted: 1,
    dropped: 0,
    waiting: 0,
    newestNs: 5_000_000n,
    undecided: true,
  });
  expect(waiting.count()).toBe(0);
  world.sender = answer;
  await decidePage(conversation, page);
  expect(heard).toEqual(['1', '2', '3']);
});

test('admission is asked with the inflated size, and a page of compressed messages yields between them', async () => {
  const { decidePage, sizes, inbound } = await setUp(true);
  const content = { parameters: {}, content: gzipSync(Buffer.alloc(300_000)), compression: 1 };
  const page = ['1', '2', '3', '4'].map((id) => ({ ...message(id), content }));
  let turns = 0;
  const count = () => {
    turns += 1;
    if (turns < 100) setImmediate(count);
  };
  setImmediate(count);
  const accepting = decidePage(conversation, page);
  await new Promise(setImmediate);
  expect(sizes.length).toBeLessThan(4);
  await accepting;
  expect(turns).toBeGreaterThanOrEqual(3);
  expect(sizes).toEqual([300_000, 300_000, 300_000, 300_000]);
  expect(inbound.get('1')).toMatchObject({ contentBytes: 300_000 });
});

test('a sender who alone cannot be looked up waits, with his next messages behind him, and holds up nobody', async () => {
  const { decidePage, again, heard, waiting, world, clock } = await setUp();
  const answer = world.sender;
  let looks = 0;
  world.sender = async (inboxId) => {
    if (inboxId !== 'carol') return ['0x1'];
    looks += 1;
    throw new Error('broken');
  };
  const page = [message('1'), message('2', 'carol'), message('3'), message('4', 'carol')];
  expect(await decidePage(conversation, page)).toMatchObject({ admitted: 2, dropped: 0, waiting: 2, undecided: false });
  expect(waiting.summary()).toEqual([{ reason: 'sender-unknown', count: 2, since: 500 }]);
  await again();
  await decidePage(conversation, [message('5', 'carol')]);
  expect([heard, looks]).toEqual([['1', '3'], 1]);
  world.sender = answer;
  clock.advance(15_000);
  expect(await again()).toMatchObject({ admitted: 3, waiting: 0 });
  expect(heard).toEqual(['1', '3', '2', '4', '5']);
  expect(waiting.count()).toBe(0);
});

test('what one sender who cannot be looked up may leave waiting is bounded, and the rest is shown as dropped', async () => {
  const { decidePage, waiting, dropped, world } = await setUp();
  world.sender = () => Promise.reject(new Error('broken'));
  const page = Array.from({ length: 130 }, (_, index) => message(`m${index}`));
  await decidePage(conversation, page);
  expect([waiting.count(), dropped.total()]).toEqual([100, 30]);
  expect(dropped.dropped(1)).toMatchObject([{ reason: 'sender-unknown', count: 30 }]);
});

test('what arrives while the list cannot be read waits, bounded, and is decided on in order once it can', async () => {
  const { decidePage, again, heard, waiting, world } = await setUp();
  world.isListReadable = false;
  const page = [message('1'), message('no', 'mallory'), message('2')];
  expect(await decidePage(conversation, page)).toMatchObject({ admitted: 0, dropped: 0, waiting: 3, undecided: false });
  expect(await again()).toMatchObject({ admitted: 0, dropped: 0, waiting: 3 });
  const flood = Array.from({ length: 10_050 }, (_, index) => message(`f${index}`, 'mallory'));
  expect(await decidePage(conversation, flood)).toMatchObject({ undecided: true });
  expect(waiting.count()).toBe(10_000);
  world.isListReadable = true;
  await again();
  expect(heard.filter((one) => one === '1' || one === '2')).toEqual(['1', '2']);
});

test('nobody is admitted for an address that was not verified, whatever is made of the claim', async () => {
  const { decidePage, envelopes, heard, world } = await setUp();
  world.areVerified = false;
  let looks = 0;
  world.sender = async () => {
    looks += 1;
    return looks === 1 ? ['0xc1a1'] : ['0x1'];
  };
  await decidePage(conversation, [message('1')]);
  expect(envelopes.map(({ senderAddresses }) => senderAddresses)).toEqual([['0xc1a1'], ['0x1']]);
  expect(heard).toEqual(['1']);
});

test('what waits is on disk before anybody goes on without it', async () => {
  const { decidePage, waiting, journal, world } = await setUp();
  world.isListReadable = false;
  await decidePage(conversation, [message('1')]);
  failToCommit(journal);
  expect(waiting.count()).toBe(1);
});
