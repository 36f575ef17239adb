import { join } from 'node:path';
import { createInboundStore } from '../../../packages/xmtp-core/src/inbox/create-inbound-store.ts';
import { openJournal } from '../../../packages/xmtp-core/src/journal/open-journal.ts';
import { type Row, toRow } from '../harness/to-row.ts';
import type { Context, Suite } from '../harness/suite.ts';

const name = 'backlog';

/** The oldest pending message of each conversation, asked for anew each time: what the journal's table of heads replaced. */
const walkAll = `
  with recursive conversation (id) as (
    select min(conversation_id) from inbound where state = 'pending'
    union all
    select (select min(conversation_id) from inbound where state = 'pending' and conversation_id > conversation.id)
    from conversation where conversation.id is not null
  )
  select inbound.* from conversation join inbound on inbound.seq = (
    select min(seq) from inbound where state = 'pending' and conversation_id = conversation.id
  ) order by inbound.seq`;

/** A journal in which so many messages wait in each of so many conversations. */
async function fill(context: Context, conversations: number, each: number) {
  const journal = openJournal({ path: join(await context.folder(), 'journal.db'), onCommitFailure: () => undefined });
  context.defer(() => journal.close());
  const inbound = createInboundStore(journal);
  for (let at = 0; at < conversations * each; at += 1) {
    const message = {
      messageId: at.toString(16).padStart(64, '0'),
      conversationId: (at % conversations).toString(16).padStart(32, '0'),
      conversationType: 'dm',
      senderInboxId: 'sender',
      senderAddresses: ['0x0000000000000000000000000000000000000001'],
      contentType: 'xmtp.org/text:1.0',
      contentBytes: 5,
      sentAt: 1,
      receivedAt: 1,
      sender: 'allowlisted',
      historical: false,
    } as const;
    inbound.insert(message);
  }
  journal.flush();
  return { journal, inbound };
}

const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Milliseconds of one look for work and the delivery of what it found, before and now. */
async function measure(context: Context, conversations: number, each: number): Promise<Row> {
  context.progress(`${conversations} conversations with ${each} messages each`);
  const { journal, inbound } = await fill(context, conversations, each);
  const before = journal.prepare(walkAll);
  // It grows with the square of the conversations.
  const isCompared = conversations <= 1_000;
  const rounds = context.pick(3, 1);
  const peers: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // It was asked for what is due, and again for when the next is.
    if (isCompared) peers.push(timed(() => (before.all(), before.all())));
    ours.push(
      timed(() => {
        const [head] = inbound.due(Number.MAX_SAFE_INTEGER, 16);
        if (head === undefined) return;
        const done = { state: 'delivered', attempts: 'keep', nextAttemptAt: null, lastError: null } as const;
        inbound.move(head.messageId, ['pending'], done);
        inbound.nextDueAt();
      }),
    );
  }
  return toRow({
    name,
    measure: `ms to find and take the next message, ${each} waiting in each of ${conversations} conversations`,
    ours,
    ...(isCompared
      ? {
          peer: { name: 'walking all that waits', values: peers },
          target: { of: 'ratio', is: '<=', limit: 0.1 } as const,
        }
      : {}),
  });
}

export const backlog: Suite = {
  name,
  what: 'finding the next message to deliver while thousands wait in 1,000 and in 10,000 conversations',
  target: 'a tenth of the time that walking all that waits takes',
  async run(context) {
    const sizes = context.minute
      ? [[300, 3]]
      : [
          [1_000, 3],
          [1_000, 20],
          [10_000, 10],
        ];
    const rows: Row[] = [];
    for (const [conversations, each] of sizes) rows.push(await measure(context, conversations!, each!));
    return rows;
  },
};
