import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createInboundStore } from '../../../packages/xmtp-core/src/inbox/create-inbound-store.ts';
import { openJournal } from '../../../packages/xmtp-core/src/journal/open-journal.ts';
import { createKeyedNamePrune } from '../../../packages/xmtp-core/src/outbox/create-name-book.ts';
import { createOutboundStore } from '../../../packages/xmtp-core/src/outbox/create-outbound-store.ts';
import { createPastStore } from '../../../packages/xmtp-core/src/retention/create-past-store.ts';
import { pruneJournal } from '../../../packages/xmtp-core/src/retention/prune-journal.ts';
import { shrinkJournal } from '../../../packages/xmtp-core/src/retention/shrink-journal.ts';
import { type Row, toRow } from '../harness/to-row.ts';
import type { Context, Suite } from '../harness/suite.ts';

const name = 'growth.journal';
const day = 86_400_000;

/** Milliseconds that this thread computed: what it waited for a busy machine does not count. Whole ticks of the system, some milliseconds. */
const busyMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
const timed = (work: () => void): number => {
  const start = busyMs();
  work();
  return busyMs() - start;
};

/** A real journal with so many messages that were delivered, and a third as many sends, over two months. */
async function fill(context: Context, rows: number): Promise<string> {
  const path = join(await context.folder(), 'journal.db');
  openJournal({ path, onCommitFailure: () => undefined }).close();
  const database = new DatabaseSync(path);
  const start = Date.now() - 60 * day;
  database.exec(`pragma synchronous = off; begin;
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${rows})
    insert into inbound (message_id, conversation_id, conversation_type, sender_inbox_id, sender_addresses, content_type,
      content_bytes, sent_at, received_at, sender, historical, state)
    select hex(randomblob(32)), printf('%032x', i % 1000), 'dm', printf('%064x', i % 1000), json_array(printf('0x%040x', i % 1000)),
      'xmtp.org/text:1.0', 60, ${start} + i * ${(60 * day) / rows}, ${start} + i * ${(60 * day) / rows}, 'allowlisted', 0, 'delivered' from n;
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${Math.ceil(rows / 3)})
    insert into outbound (request_digest, content_digest, conversation_id, message_id, state, created_at)
    select '', '', printf('%032x', i % 1000), hex(randomblob(32)), 'sent', ${start} + i * ${(180 * day) / rows} from n; commit`);
  database.close();
  return path;
}

async function measure(context: Context, rows: number) {
  context.progress(`a journal of ${rows} messages`);
  const path = await fill(context, rows);
  const bytes = statSync(path).size;
  let journal = openJournal({ path, onCommitFailure: () => undefined });
  journal.close();
  const opened = timed(() => (journal = openJournal({ path, onCommitFailure: () => undefined })));
  context.defer(() => journal.close());
  const inbound = createInboundStore(journal);
  let at = 0;
  const one = () => {
    const messageId = (at += 1).toString(16).padStart(64, '0');
    const done = { state: 'delivered', attempts: 'keep', nextAttemptAt: null, lastError: null } as const;
    inbound.insert({
      messageId,
      conversationId: 'c',
      conversationType: 'dm',
      senderInboxId: 's',
      senderAddresses: ['0x0000000000000000000000000000000000000001'],
      contentType: 'xmtp.org/text:1.0',
      contentBytes: 5,
      sentAt: 1,
      receivedAt: Date.now(),
      sender: 'allowlisted',
      historical: false,
    });
    inbound.due(Number.MAX_SAFE_INTEGER, 16);
    inbound.move(messageId, ['pending'], done);
    journal.commit();
  };
  const count = context.pick(100, 3);
  const each = Array.from({ length: 5 }, () => timed(() => Array.from({ length: count }, one)) / count);

  context.progress('pruning');
  const pieces: number[] = [];
  let last = busyMs();
  const rest = async () => {
    pieces.push(busyMs() - last);
    await nextTurn();
    last = busyMs();
  };
  const { signal } = new AbortController();
  const begun = busyMs();
  const times = { now: Date.now(), until: Date.now() - 30 * day, youngest: 0 };
  const stores = { past: createPastStore(journal), outbound: createOutboundStore(journal) };
  await pruneJournal(times, { ...stores, pruneNames: createKeyedNamePrune(journal), rest, signal });
  await shrinkJournal(journal, { rest, signal });
  const all = busyMs() - begun;
  journal.close();
  return { rows, opened, each, pieces, all, bytes, left: statSync(path).size };
}

export const growthJournal: Suite = {
  name,
  what: 'a journal with a million messages: opening it, taking in and delivering one message, and taking what is older than 30 days out of its lists',
  target: 'start < 2 s; no piece of work over 50 ms',
  async run(context) {
    const sizes = context.minute ? [200, 2_000] : [10_000, 1_000_000];
    const [young, old] = [await measure(context, sizes[0]!), await measure(context, sizes[1]!)];
    const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
    const per = `${old.rows} messages beside ${young.rows}`;
    return [
      toRow({
        name,
        measure: `ms to open, ${per}`,
        ours: [old.opened],
        peer: { name: `at ${young.rows}`, values: [young.opened] },
        target: { of: 'value', is: '<', limit: 2_000 },
        note: 'O(1) above 128 MB; below it, the whole file is looked through',
      }),
      toRow({
        name,
        measure: `ms to take in and deliver one, ${per}`,
        ours: old.each,
        peer: { name: `at ${young.rows}`, values: young.each },
        note: 'O(log n)',
      }),
      toRow({
        name,
        measure: 'ms, the longest piece of pruning',
        ours: [Math.max(...old.pieces)],
        peer: { name: `at ${young.rows}`, values: [Math.max(...young.pieces)] },
        target: { of: 'value', is: '<', limit: 50 },
        note: `O(1); ${old.pieces.length} pieces, ${megabytes(old.bytes)} MB before and ${megabytes(old.left)} after`,
      }),
      toRow({
        name,
        measure: 'microseconds of pruning for each message that left',
        ours: [(old.all * 1_000) / (old.rows / 2)],
        peer: { name: `at ${young.rows}`, values: [(young.all * 1_000) / (young.rows / 2)] },
        note: 'O(log n) each',
      }),
    ] satisfies Row[];
  },
};
