import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDroppedStore } from '../inbox/create-dropped-store.ts';
import { createInboundStore } from '../inbox/create-inbound-store.ts';
import { openJournal } from '../journal/open-journal.ts';
import { createOutboundStore } from '../outbox/create-outbound-store.ts';
import { createActivityReader } from './create-activity-reader.ts';

const hour = 3_600_000;

test('every message is counted once, in the hour in which it was heard, sent or dropped, and old hours go', async () => {
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  onTestFinished(() => journal.close());
  const [inbound, outbound, dropped] = [
    createInboundStore(journal),
    createOutboundStore(journal),
    createDroppedStore(journal),
  ];
  const reader = createActivityReader(journal);
  const hear = (messageId: string, receivedAt: number) =>
    inbound.insert({
      messageId,
      conversationId: 'c1',
      conversationType: 'dm',
      senderInboxId: 'alice',
      senderAddresses: ['0x1'],
      contentType: 'xmtp.org/text:1.0',
      contentBytes: 1,
      sentAt: receivedAt,
      receivedAt,
      sender: 'allowlisted',
      historical: false,
    });
  const row = {
    requestDigest: 'r',
    contentDigest: 'c',
    conversationId: 'c1',
    messageId: null,
    state: 'intent',
  } as const;
  const begin = (key: string, createdAt: number) => outbound.insert({ ...row, idempotencyKey: key, createdAt });
  const drop = (messageId: string, at: number) =>
    dropped.drop(
      { messageId, insertedNs: 1n },
      { senderInboxId: 'eve', reason: 'not-listed', senderAddresses: ['0x3'], at },
    );

  hear('m0', hour);
  for (const [id, at] of [
    ['m1', 2000 * hour],
    ['m2', 2000 * hour + 5],
    ['m3', 2001 * hour],
  ] as const)
    hear(id, at);
  inbound.move('m1', ['pending'], { state: 'delivered', attempts: 'keep', nextAttemptAt: null, lastError: null });
  const first = begin('k1', 2001 * hour);
  outbound.setStored(first, 'o1');
  outbound.settle(first, 'sent', 2002 * hour);
  outbound.settle(first, 'sent', 2003 * hour);
  const second = begin('k2', 2002 * hour);
  outbound.settle(begin('k3', 2002 * hour), 'failed', 2002 * hour);
  drop('d1', 2002 * hour);
  drop('d2', 2002 * hour + 1);
  drop('d2', 2002 * hour + 2);
  expect(reader.hours(0)).toEqual([
    { at: 2000 * hour, in: 2, out: 0, dropped: 0 },
    { at: 2001 * hour, in: 1, out: 0, dropped: 0 },
    { at: 2002 * hour, in: 0, out: 1, dropped: 2 },
  ]);
  expect(reader.hours(2002 * hour + 7)).toHaveLength(1);
  expect(reader.unsettled(9)).toEqual([{ seq: second, messageId: null, conversationId: 'c1', createdAt: 2002 * hour }]);
  expect(reader.lastSent()).toBe(3);
});
