import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createManualClock, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { keepJournalCopy } from './keep-journal-copy.ts';
import { openJournal } from './open-journal.ts';
import { openSoundJournal, readRestoration } from './open-sound-journal.ts';

const options = (path: string) => ({ path, onCommitFailure: () => undefined });
const clock = createManualClock();
const now = () => clock.now();

/** A journal of many pages, closed, with two copies: the older says `one`, the newer `two`, the journal `three`. */
async function setUp() {
  const path = join(await temporaryDirectory(), 'journal.db');
  for (const said of ['one', 'two', 'three']) {
    const journal = openJournal(options(path));
    for (let at = 0; at < 200; at += 1) journal.setMeta(`filler ${said} ${at}`, 'x'.repeat(200));
    journal.setMeta('said', said);
    journal.flush();
    cpSync(`${path}-wal`, `${path}.log`);
    if (said !== 'three') {
      clock.advance(24 * 3_600_000);
      await copy(path, journal);
    }
    journal.close();
  }
  const restored: unknown[] = [];
  const open = async () => {
    const journal = await openSoundJournal({ ...options(path), now, onRestored: (how) => void restored.push(how) });
    onTestFinished(() => journal.close());
    return journal;
  };
  return { path, open, restored };
}

async function copy(path: string, journal: ReturnType<typeof openJournal>) {
  const failures: unknown[] = [];
  await keepJournalCopy({ path, journal, now, onFailure: (error) => void failures.push(error) }).stop();
  expect(failures).toEqual([]);
}

const flip = (path: string, from: number) => {
  const bytes = readFileSync(path);
  for (let at = from; at < bytes.length; at += 64) bytes[at]! ^= 0xff;
  writeFileSync(path, bytes);
};
const text = (path: string) => writeFileSync(path, 'something else entirely '.repeat(500));

const damages: Record<string, (path: string) => void> = {
  halved: (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'cut in its first page': (path) => truncateSync(path, 1_000),
  text,
  flipped: (path) => flip(path, 100),
  'flipped behind its first page': (path) => flip(path, 4_096),
  'flipped, beside a log that a crash left': (path) => {
    flip(path, 4_096);
    cpSync(`${path}.log`, `${path}-wal`);
  },
};

test.each(Object.keys(damages))('a journal that is %s is restored from the newest copy and kept aside', async (how) => {
  const { path, open, restored } = await setUp();
  damages[how]!(path);
  const bytes = readFileSync(path);
  const journal = await open();
  expect([journal.getMeta('said'), readRestoration(journal)?.at, restored.length]).toEqual(['two', clock.now(), 1]);
  expect(restored).toEqual([{ copiedAt: readRestoration(journal)!.copiedAt }]);
  expect(readFileSync(`${path}.damaged`).equals(bytes)).toBe(true);
  expect([path, `${path}.copy`, `${path}.damaged`].map((file) => statSync(file).mode & 0o777)).toEqual([
    0o600, 0o600, 0o600,
  ]);
  journal.setMeta('said', 'four');
  journal.close();
  expect([(await open()).getMeta('said'), restored.length]).toEqual(['four', 1]);
});

test.each<[string, (copy: string) => void]>([
  ['damaged', (file) => flip(file, 4_096)],
  ['empty', (file) => truncateSync(file, 0)],
  ['gone', (file) => rmSync(file)],
  ['of a later version', (file) => edit(file, 'pragma user_version = 99')],
  ['altered', (file) => edit(file, 'create table foreign_table (x)')],
  [
    'a link',
    (file) => {
      cpSync(file, `${file}.real`);
      rmSync(file);
      symlinkSync(`${file}.real`, file);
    },
  ],
])('a copy that is %s is not used: the older one is', async (_, spoil) => {
  const { path, open } = await setUp();
  text(path);
  spoil(`${path}.copy`);
  expect((await open()).getMeta('said')).toBe('one');
});

test('without a sound copy the journal is refused and left as it is', async () => {
  const { path, open } = await setUp();
  text(path);
  flip(`${path}.copy`, 4_096);
  rmSync(`${path}.copy.older`);
  const before = readFileSync(path);
  await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' });
  expect([readFileSync(path).equals(before), existsSync(`${path}.damaged`)]).toEqual([true, false]);
});

test('what is altered or of a later version is never replaced', async () => {
  for (const [sql, code] of [
    ['pragma user_version = 99', 'HOME_NEWER'],
    ['create table f (x)', 'JOURNAL_ALTERED'],
  ] as const) {
    const { path, open } = await setUp();
    edit(path, sql);
    await expect(open()).rejects.toMatchObject({ code });
  }
});

test('positions that readers have seen are not given again', async () => {
  const { path, open } = await setUp();
  text(path);
  const journal = await open();
  expect(Number(journal.prepare(`select seq from sqlite_sequence where name = 'inbound'`).get()!['seq'])).toBe(
    1_000_000_000,
  );
});

test('a copy a day, while a journal is written, and none of what is too soon', async () => {
  const { path } = await setUp();
  const journal = openJournal(options(path));
  onTestFinished(() => journal.close());
  const said = () => {
    const database = new DatabaseSync(`${path}.copy`, { readOnly: true });
    try {
      return database.prepare(`select value from meta where key = 'said'`).get()!['value'];
    } finally {
      database.close();
    }
  };
  await copy(path, journal);
  expect(said()).toBe('two');
  clock.advance(24 * 3_600_000);
  const kept = keepJournalCopy({ path, journal, now, onFailure: () => undefined });
  journal.setMeta('written', 'meanwhile');
  await kept.stop();
  await waitFor(() => said() === 'three');
  expect(
    readdirSync(join(path, '..'))
      .filter((name) => name.includes('copy'))
      .toSorted(),
  ).toEqual(['journal.db.copy', 'journal.db.copy.older']);
});

test('a copy that cannot be made is told, and leaves the one before', async () => {
  const { path } = await setUp();
  const journal = openJournal(options(path));
  const codes: string[] = [];
  journal.close();
  clock.advance(24 * 3_600_000);
  const closed = { ...journal, getMeta: () => null };
  await keepJournalCopy({ path, journal: closed, now, onFailure: ({ code }) => void codes.push(code) }).stop();
  expect([codes.length, existsSync(`${path}.copy`)]).toEqual([1, true]);
});

function edit(path: string, sql: string) {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}
