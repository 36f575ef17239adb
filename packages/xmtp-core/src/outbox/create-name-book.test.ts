import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { idempotencyRetentionMs } from '../constants.ts';
import { openJournal } from '../journal/open-journal.ts';
import { createKeyedNamePrune, createNameBook } from './create-name-book.ts';

const [one, two] = [`0x${'1'.repeat(40)}`, `0x${'2'.repeat(40)}`] as const;

async function setUp() {
  const path = join(await temporaryDirectory(), 'journal.db');
  let time = 1_000;
  const open = () => {
    const journal = openJournal({ path, onCommitFailure: () => undefined });
    createKeyedNamePrune(journal)(time, 100);
    return { book: createNameBook(journal, () => time), close: () => journal.close() };
  };
  return { open, at: (next: number) => void (time = next) };
}

test('what a name meant outlives the process, with the time since which it means that', async () => {
  const { open, at } = await setUp();
  const first = open();
  expect(first.book.last('a.eth')).toBeNull();
  first.book.remember('a.eth', one);
  at(2_000);
  first.book.remember('a.eth', one);
  first.close();
  const second = open();
  expect(second.book.last('a.eth')).toEqual({ address: one, since: 1_000 });
  second.book.remember('a.eth', two);
  expect(second.book.last('a.eth')).toEqual({ address: two, since: 2_000 });
  second.close();
});

test('under a key the first meaning stands, until it is released or too old', async () => {
  const { open, at } = await setUp();
  const first = open();
  const meaning = { name: 'a.eth', meaning: one };
  expect(first.book.bind('k', meaning)).toEqual(meaning);
  expect(first.book.bind('k', { name: 'a.eth', meaning: two })).toEqual(meaning);
  first.book.bind('gone', meaning);
  first.book.release('gone');
  expect(first.book.keyed('gone')).toBeNull();
  first.close();
  const second = open();
  expect(second.book.keyed('k')).toEqual(meaning);
  second.close();
  at(2_000 + idempotencyRetentionMs);
  // A clock that was set ahead ends no key: only what was bound later shows that time has passed.
  const third = open();
  expect(third.book.keyed('k')).not.toBeNull();
  third.book.bind('later', meaning);
  third.close();
  const fourth = open();
  expect(fourth.book.keyed('k')).toBeNull();
  expect(fourth.book.keyed('later')).not.toBeNull();
  fourth.close();
});
