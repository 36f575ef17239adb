import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from './open-journal.ts';

async function setUp(commitAfterMs?: number) {
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = openJournal({ path, onCommitFailure: () => undefined, commitAfterMs });
  onTestFinished(() => journal.close());
  /** What another connection sees is what was committed. */
  const committed = (key: string) => {
    const reader = new DatabaseSync(path, { readOnly: true });
    const row = reader.prepare('select value from meta where key = ?').get(key);
    reader.close();
    return row?.['value'];
  };
  return { path, journal, committed };
}

test('writes are seen at once, and on disk when flushed', async () => {
  const { path, journal, committed } = await setUp(60_000);
  journal.setMeta('a', '1');
  expect([journal.getMeta('a'), committed('a')]).toEqual(['1', undefined]);
  journal.flush();
  expect(committed('a')).toBe('1');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('what nobody flushed is on disk a moment later', async () => {
  const { journal, committed } = await setUp();
  journal.setMeta('a', '1');
  expect(await waitFor(() => committed('a'), { timeoutMs: 2_000 })).toBe('1');
});

test('a change that fails leaves nothing behind, and what was written before it stays', async () => {
  const { journal, committed } = await setUp(60_000);
  journal.setMeta('a', '1');
  const change = () =>
    journal.write(() => {
      journal.prepare(`insert into meta values ('b', '2')`).run();
      throw new Error('no');
    });
  expect(change).toThrow('no');
  journal.flush();
  expect([committed('a'), committed('b')]).toEqual(['1', undefined]);
});

test('a file that is no journal is named, not overwritten', async () => {
  const path = join(await temporaryDirectory(), 'journal.db');
  writeFileSync(path, 'something else entirely, and long enough to be looked at');
  expect(() => openJournal({ path, onCommitFailure: () => undefined })).toThrow(path);
  expect(readFileSync(path, 'utf8')).toContain('something else');
});

test('closing flushes, and may be repeated', async () => {
  const { journal, committed } = await setUp(60_000);
  journal.setMeta('a', '1');
  journal.close();
  journal.close();
  expect(committed('a')).toBe('1');
});
