import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createInboundStore } from '../inbox/create-inbound-store.ts';
import { openJournal } from '../journal/open-journal.ts';
import { schemaSteps } from '../journal/schema.ts';
import { createKeyedNamePrune } from '../outbox/create-name-book.ts';
import { createOutboundStore } from '../outbox/create-outbound-store.ts';
import { createPastStore } from './create-past-store.ts';
import { pruneJournal } from './prune-journal.ts';
import { shrinkJournal } from './shrink-journal.ts';

const count = 6_000;
const signal = AbortSignal.any([]);
const rest = () => Promise.resolve();

/** A journal of before there was retention, with handled and open messages and sends. */
async function openOld() {
  const path = join(await temporaryDirectory(), 'journal.db');
  const old = new DatabaseSync(path);
  for (const step of schemaSteps.slice(0, 13)) old.exec(step);
  old.exec(`pragma user_version = 13; begin;
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})
    insert into inbound (message_id, conversation_id, conversation_type, sender_inbox_id, sender_addresses, content_type,
      content_bytes, sent_at, received_at, sender, historical, state)
    select printf('%064x', i), printf('%032x', i % 7), 'dm', printf('%064x', i % 7), '["0x1"]', 'xmtp.org/text:1.0', 5, i, i,
      'allowlisted', 0, case when i % 1000 = 1 then 'pending' when i % 1000 = 2 then 'dead' else 'delivered' end from n;
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})
    insert into outbound (idempotency_key, request_digest, content_digest, conversation_id, message_id, state, created_at, settled_at)
    select case when i > ${count - 10} then 'k' || i end, '', '', 'c', printf('%064x', 1000000 + i),
      case when i % 1000 = 1 then 'stored' else 'sent' end, i, case when i > ${count - 10} then i end from n; commit`);
  old.close();
  const journal = openJournal({ path, onCommitFailure: () => undefined });
  onTestFinished(() => journal.close());
  const stores = { past: createPastStore(journal), outbound: createOutboundStore(journal) };
  const inbound = createInboundStore(journal);
  const prune = async (until: number | null, isTooLarge?: () => boolean) => {
    const times = { now: count, until, youngest: count };
    await pruneJournal(times, { ...stores, pruneNames: createKeyedNamePrune(journal), isTooLarge, rest, signal });
    await shrinkJournal(journal, { rest, signal });
    journal.flush();
  };
  return { path, journal, inbound, ...stores, prune };
}

test('a journal of before learns to shrink, keeps what is open, and its file shrinks', async () => {
  const { path, journal, inbound, past, outbound, prune } = await openOld();
  const before = inbound.counts();
  expect(before).toMatchObject({ pending: 6, dead: 6, delivered: count - 12 });
  await prune(count);
  expect(inbound.counts()).toEqual(before);
  const ids = [1, 2, 3, count].map((n) => n.toString(16).padStart(64, '0'));
  expect(ids.map((id) => inbound.has(id))).toEqual([true, true, false, false]);
  expect(ids.map((id) => past.has(id))).toEqual([false, false, true, true]);
  expect(past.get(ids[2]!)).toMatchObject({ seq: 3, receivedAt: 3, state: 'delivered', sender: 'allowlisted' });
  expect(inbound.due(Number.MAX_SAFE_INTEGER, 10)).toHaveLength(6);
  expect(outbound.open()).toHaveLength(6);
  expect(outbound.byKey(`k${count}`)).not.toBeNull();
  const { all, bytes } = journal.pages();
  expect(all * bytes).toBeLessThan(1_600_000);
  journal.close();
  expect(statSync(path).size).toBe(all * bytes);
});

test('beyond its bytes the oldest leave until it is small enough, and no more', async () => {
  const { inbound, journal, prune } = await openOld();
  const used = () => {
    const { all, free, bytes } = journal.pages();
    return (all - free) * bytes;
  };
  const limit = used() * 0.8;
  await prune(null, () => used() > limit);
  expect(used()).toBeLessThanOrEqual(limit);
  expect(inbound.has('3'.padStart(64, '0'))).toBe(false);
  expect(inbound.has(count.toString(16).padStart(64, '0'))).toBe(true);
});
