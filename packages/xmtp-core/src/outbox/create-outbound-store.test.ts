import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { failToCommit } from '../../test/fail-to-commit.ts';
import { openJournal } from '../journal/open-journal.ts';
import { idempotencyRetentionMs } from '../constants.ts';
import { createSentReader } from '../history/create-sent-reader.ts';
import { createOutboundStore } from './create-outbound-store.ts';

async function open() {
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = openJournal({ path, onCommitFailure: () => undefined, commitAfterMs: 60_000 });
  onTestFinished(() => journal.close());
  const outbound = createOutboundStore(journal);
  const send = (id: string) =>
    outbound.insert({
      idempotencyKey: `key-${id}`,
      requestDigest: 'r',
      contentDigest: 'c',
      conversationId: 'c',
      messageId: null,
      state: 'intent',
      createdAt: 1,
    });
  const read = (more: { after?: number; newestFirst?: boolean } = {}) =>
    createSentReader(journal)
      .read({ after: 0, before: Number.MAX_SAFE_INTEGER, newestFirst: false, limit: 10, ...more })
      .map(({ messageId }) => messageId);
  return { outbound, send, read };
}

test('nobody who keeps a cursor misses a send that is stored after a later one', async () => {
  const { outbound, send, read } = await open();
  const [one, two, three] = [send('1'), send('2'), send('3')];
  outbound.setStored(one, 'm1');
  outbound.setStored(three, 'm3');
  expect([read(), read({ newestFirst: true })]).toEqual([['m1'], ['m1']]);
  outbound.setStored(two, 'm2');
  expect([read({ after: one }), read({ newestFirst: true })]).toEqual([
    ['m2', 'm3'],
    ['m3', 'm2', 'm1'],
  ]);
});

test('a key is forgotten in its time, and what was sent under it is listed all the same', async () => {
  const { outbound, send, read } = await open();
  const [old, late] = [send('1'), send('2')];
  outbound.setStored(old, 'm1');
  outbound.settle(old, 'sent', 1_000);
  outbound.setStored(late, 'm2');
  outbound.settle(late, 'sent', 1_000 + 2 * idempotencyRetentionMs);
  outbound.pruneKeys(1_000 + 2 * idempotencyRetentionMs, 100);
  expect([outbound.byKey('key-1'), outbound.byKey('key-2')?.messageId, read()]).toEqual([null, 'm2', ['m1', 'm2']]);
  expect(outbound.byMessage('m1')).toMatchObject({ idempotencyKey: null, requestDigest: '', state: 'sent' });
});

test('what became of a send is written although the commit that made its row failed', async () => {
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = openJournal({ path, onCommitFailure: () => undefined, commitAfterMs: 60_000 });
  onTestFinished(() => journal.close());
  const outbound = createOutboundStore(journal);
  const facts = { idempotencyKey: 'k', requestDigest: 'r', contentDigest: 'c', conversationId: 'c', createdAt: 1 };
  const id = outbound.insert({ ...facts, messageId: null, state: 'intent' });
  failToCommit(journal);
  expect(outbound.byKey('k')).toBeNull();
  outbound.record({ ...facts, id, messageId: 'm', state: 'stored', settledAt: null });
  journal.flush();
  expect(outbound.byKey('k')).toEqual({ ...facts, id, messageId: 'm', state: 'stored' });
  failToCommit(journal);
  outbound.record({ ...facts, id, messageId: 'm', state: 'sent', settledAt: 5 });
  expect(outbound.byKey('k')).toMatchObject({ id, messageId: 'm', state: 'sent' });
});
