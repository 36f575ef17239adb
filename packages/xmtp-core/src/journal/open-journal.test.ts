import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { Disk } from './create-log-sync.ts';
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

test('a statement that fails midway leaves nothing behind, and what was written before it stays', async () => {
  const { journal, committed } = await setUp(60_000);
  journal.setMeta('a', '1');
  const twice = journal.prepare(`insert into meta values (?, '2'), ('a', '2')`);
  expect(() => journal.run(twice, 'b')).toThrow('UNIQUE');
  expect([journal.getMeta('a'), journal.getMeta('b')]).toEqual(['1', null]);
  journal.run(journal.prepare(`insert into meta values (?, '3')`), 'c');
  expect(committed('c')).toBeUndefined();
  journal.commit();
  expect([committed('a'), committed('b'), committed('c')]).toEqual(['1', undefined, '3']);
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

/** A disk that says how often it was waited for, takes as long as the test wants, and may fail. */
async function onDisk() {
  const state = { waits: 0, fails: false };
  const waiting: (() => void)[] = [];
  const write = () => {
    state.waits += 1;
    if (state.fails) throw new Error('the disk fails');
  };
  const disk: Disk = {
    syncNow: write,
    sync: async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      write();
    },
  };
  const failures: unknown[] = [];
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = openJournal({ path, disk, onCommitFailure: (error) => failures.push(error), commitAfterMs: 60_000 });
  onTestFinished(() => journal.close());
  /** Lets the disk finish what it was given. */
  const release = async () => {
    await waitFor(() => waiting.length > 0);
    waiting.shift()!();
  };
  return { state, failures, journal, release, waiting };
}

test('a commit waits for no disk, a flush for one wait that holds for all before it', async () => {
  const { state, journal } = await onDisk();
  journal.setMeta('a', '1');
  journal.commit();
  journal.setMeta('a', '2');
  journal.commit();
  expect(state.waits).toBe(0);
  journal.flush();
  expect(state.waits).toBe(1);
  journal.flush();
  expect(state.waits).toBe(1);
});

test('what is committed while the disk writes is on disk after a further wait only', async () => {
  const { state, journal, release, waiting } = await onDisk();
  journal.setMeta('a', '1');
  const first = journal.flushSoon();
  await waitFor(() => waiting.length === 1);
  journal.setMeta('a', '2');
  const both = [journal.flushSoon(), journal.flushSoon()];
  await release();
  await first;
  expect(state.waits).toBe(1);
  await release();
  await Promise.all(both);
  expect(state.waits).toBe(2);
  // Nobody is told that something is on disk while the disk is still at it.
  journal.setMeta('a', '3');
  void journal.flushSoon();
  journal.flush();
  expect(state.waits).toBe(3);
});

test('a disk that fails is told, and what it lost is written again and not only asked for again', async () => {
  const { state, failures, journal } = await onDisk();
  journal.setMeta('a', '1');
  state.fails = true;
  expect(() => journal.flush()).toThrow('the disk fails');
  const soon = journal.flushSoon();
  await expect(soon).rejects.toThrow('the disk fails');
  expect(failures).toHaveLength(2);
  state.fails = false;
  const checkpointed = () => journal.prepare('pragma wal_checkpoint(passive)').get()?.['checkpointed'];
  journal.flush();
  expect(journal.getMeta('a')).toBe('1');
  expect(checkpointed()).toBe(journal.prepare('pragma wal_checkpoint(passive)').get()?.['log']);
});
