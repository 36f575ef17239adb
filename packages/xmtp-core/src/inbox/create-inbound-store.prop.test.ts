import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { patient, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect } from 'vitest';
import { failToCommit } from '../../test/fail-to-commit.ts';
import { openJournal } from '../journal/open-journal.ts';
import type { DeliveryState } from '../types.ts';
import { createInboundReader } from './create-inbound-reader.ts';
import { createConversationStore } from '../history/create-conversation-store.ts';
import { findInbound } from './find-inbound.ts';
import { createInboundStore } from './create-inbound-store.ts';

interface Model {
  seq: number;
  id: string;
  conversation: string;
  state: DeliveryState;
  dueAt: number;
}

const states = ['pending', 'delivered', 'dead', 'discarded'] as const;
const step = fc.oneof(
  fc.record({ op: fc.constant('insert' as const), conversation: fc.nat({ max: 4 }), dueAt: fc.nat({ max: 20 }) }),
  fc.record({
    op: fc.constant('move' as const),
    at: fc.nat(),
    to: fc.constantFrom(...states),
    dueAt: fc.nat({ max: 20 }),
  }),
  fc.record({ op: fc.constant('commit' as const) }),
  fc.record({ op: fc.constant('fail' as const) }),
  fc.record({ op: fc.constant('reopen' as const) }),
);

test.prop([fc.array(step, { maxLength: 40 })], { numRuns: 15 })(
  'what is due, and how many there are, always follows from the rows, whatever is committed or lost',
  async (steps) => {
    const path = join(await temporaryDirectory(), 'journal.db');
    const open = () => {
      const journal = openJournal({ path, onCommitFailure: () => undefined, commitAfterMs: 60_000 });
      return { journal, inbound: createInboundStore(journal) };
    };
    let { journal, inbound } = open();
    let committed: Model[] = [];
    let rows: Model[] = [];
    let count = 0;
    for (const one of steps) {
      if (one.op === 'insert') {
        const id = `m${(count += 1)}`;
        const conversation = `c${one.conversation}`;
        const record = inbound.insert({
          ...blank,
          messageId: id,
          conversationId: conversation,
          receivedAt: one.dueAt,
        });
        expect(inbound.get(id)).toEqual(record);
        const { seq } = record;
        rows = [...rows, { seq, id, conversation, state: 'pending', dueAt: one.dueAt }];
      } else if (one.op === 'move') {
        const target = rows[one.at % Math.max(1, rows.length)];
        if (target === undefined) continue;
        const nextAttemptAt = one.to === 'pending' ? one.dueAt : null;
        inbound.move(target.id, states, { state: one.to, attempts: 'keep', nextAttemptAt, lastError: null });
        rows = rows.map((row) => (row === target ? { ...row, state: one.to, dueAt: one.dueAt } : row));
      } else if (one.op === 'fail') {
        failToCommit(journal);
        rows = committed;
      } else {
        if (one.op === 'reopen') {
          journal.close();
          ({ journal, inbound } = open());
        } else journal.flush();
        committed = rows;
      }
      expect(inbound.due(10, 100).map(({ seq }) => seq)).toEqual(expectedDue(rows, 10));
      expect(inbound.due(10, 2).map(({ seq }) => seq)).toEqual(expectedDue(rows, 10).slice(0, 2));
      expect(inbound.nextDueAt()).toBe(
        heads(rows).reduce<number | null>((min, h) => Math.min(min ?? h.dueAt, h.dueAt), null),
      );
      const of = (state: DeliveryState) => rows.filter((row) => row.state === state).length;
      expect(inbound.counts()).toMatchObject({ pending: of('pending'), dead: of('dead'), delivered: of('delivered') });
      const reader = createInboundReader(journal);
      const wanted = rows.filter(({ seq, state }) => seq > 1 && (state === 'dead' || state === 'pending'));
      const found = async (options: Omit<Parameters<typeof findInbound>[1], 'limit'>) =>
        (await findInbound(reader, { states: ['dead', 'pending'], after: 1, limit: 3, ...options })).map(
          ({ seq }) => seq,
        );
      expect(await found({})).toEqual(wanted.slice(0, 3).map(({ seq }) => seq));
      const inA = wanted.filter((row) => row.conversation === 'c1').map(({ seq }) => seq);
      expect(await found({ conversationId: 'c1' })).toEqual(inA.slice(0, 3));
      const newest = await found({ conversationId: 'c1', from: { address: '0x1' }, order: 'desc' });
      expect(newest).toEqual(inA.toReversed().slice(0, 3));
      expect(await found({ from: { inboxId: 'sender' }, before: newest.at(-1) ?? 0, after: 0 })).toEqual(
        rows
          .filter(({ seq, state }) => seq < (newest.at(-1) ?? 0) && (state === 'dead' || state === 'pending'))
          .slice(0, 3)
          .map(({ seq }) => seq),
      );
      const conversations = createConversationStore(journal);
      for (const [id, group] of Map.groupBy(rows, (row) => row.conversation)) {
        const pending = group.filter(({ state }) => state === 'pending').length;
        expect(conversations.get(id)).toMatchObject({ pending, unread: group.length });
      }
    }
    journal.close();
  },
  // The disk is waited for at each commit.
  patient(30_000),
);

const heads = (rows: readonly Model[]): Model[] => {
  const pending = rows.filter((row) => row.state === 'pending');
  return [...Map.groupBy(pending, (row) => row.conversation).values()].map((group) => group[0]!);
};

const expectedDue = (rows: readonly Model[], now: number): number[] =>
  heads(rows)
    .filter((row) => row.dueAt <= now)
    .toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)
    .map((row) => row.seq);

const blank = {
  messageId: '',
  conversationId: '',
  conversationType: 'dm',
  senderInboxId: 'sender',
  senderAddresses: ['0x1'],
  contentType: 'xmtp.org/text:1.0',
  contentBytes: 3,
  sentAt: 900,
  sender: 'allowlisted',
  receivedAt: 1_000,
  historical: false,
} as const;
