import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { failToCommit } from '../../test/fail-to-commit.ts';
import { startMachine } from '../../test/start-machine.ts';
import { createPositions } from './create-positions.ts';
import { inMemory } from './open-database.ts';
import { type Journal, openJournal } from './open-journal.ts';

test('the disk is waited for for the first position only, and an orderly end leaves no gap', async () => {
  const machine = await startMachine();
  expect(machine.hear('first')).toBe(1);
  const kept = machine.keeps();
  for (let count = 2; count <= 50; count += 1) machine.hear(`${count}`);
  expect(machine.keeps()).toBe(kept);
  machine.restart();
  expect(machine.hear('after')).toBe(51);
  machine.cutPower();
  expect(machine.hear('later')).toBeGreaterThan(1_000);
  machine.close();
});

/** What the database gives the next row of the table is one more than this. */
const given = (journal: Journal) =>
  journal.prepare("select seq from sqlite_sequence where name = 'inbound'").get()?.['seq'];

const setGiven = (journal: Journal, seq: number) =>
  journal.write(() => journal.prepare("insert into sqlite_sequence (name, seq) values ('inbound', ?)").run(seq));

function openAt(path: string) {
  const journal = openJournal({ path, onCommitFailure: () => undefined, commitAfterMs: 60_000 });
  onTestFinished(() => journal.close());
  return journal;
}

test.each([
  ['above what was given', '9', 5, 9],
  ['above a table that never had a row', '9', null, 9],
  ['below what was given', '3', 5, 5],
  ['nowhere', null, 5, 5],
])('a mark %s', (_where, mark, seq, next) => {
  const journal = openAt(inMemory);
  if (mark !== null) journal.setMeta('reserved-inbound', mark);
  if (seq !== null) setGiven(journal, seq);
  createPositions(journal, 'inbound');
  expect(given(journal)).toBe(next);
});

test('what may have been seen before a commit was lost is skipped', () => {
  const journal = openAt(inMemory);
  const { reserve } = createPositions(journal, 'inbound');
  setGiven(journal, 5);
  reserve(5);
  failToCommit(journal);
  expect(given(journal)).toBe(1_005);
});

test.each([null, 7])('an orderly end with %s given says so, and the next start goes on from there', async (seq) => {
  const path = join(await temporaryDirectory(), 'journal.db');
  const first = openAt(path);
  createPositions(first, 'inbound');
  if (seq !== null) setGiven(first, seq);
  first.close();
  const second = openAt(path);
  createPositions(second, 'inbound');
  expect([second.getMeta('reserved-inbound'), given(second)]).toEqual([String(seq ?? 0), seq ?? undefined]);
});
