import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createHome } from './stage.ts';
import { prepareUsedHome } from './used-home.ts';

const { copy, openAt, person } = prepareUsedHome();

const missing = (path: string) => rmSync(path);
const empty = (path: string) => truncateSync(path, 0);
const halved = (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2));
const cutInFirstPage = (path: string) => truncateSync(path, 1_000);
const text = (path: string) =>
  writeFileSync(path, 'something else entirely, and long enough to be looked at '.repeat(100));
const flipped = (path: string) => {
  const bytes = readFileSync(path);
  for (let at = 100; at < bytes.length; at += 64) bytes[at]! ^= 0xff;
  writeFileSync(path, bytes);
};
const inJournal = (sql: string) => (path: string) => {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
};

const damages = {
  missing,
  empty,
  halved,
  'cut in its first page': cutInFirstPage,
  text,
  flipped,
  'another of its kind': (path: string) => {
    const digits = readFileSync(path, 'utf8').trim().length;
    rmSync(path);
    writeFileSync(path, '0'.repeat(digits));
  },
  'of a later version': (path: string) => {
    if (path.endsWith('.json')) writeFileSync(path, '{ "version": 7 }');
    else inJournal('pragma user_version = 99')(path);
  },
  'with a further column': inJournal('alter table inbound add column extra text'),
  'with a renamed column': inJournal('alter table outbound rename column state to status'),
  'with a foreign table': inJournal('create table foreign_table (x)'),
  'without an index': inJournal('drop index inbound_pending'),
};

test.each([
  ['encryption.key', 'missing', 'KEY_LOST'],
  ['encryption.key', 'empty', 'KEY_LOST'],
  ['encryption.key', 'halved', 'KEY_INVALID'],
  ['encryption.key', 'another of its kind', 'WRONG_KEY'],
  ['state.json', 'empty', 'STATE_INVALID'],
  ['state.json', 'halved', 'STATE_INVALID'],
  ['state.json', 'text', 'STATE_INVALID'],
  ['state.json', 'of a later version', 'HOME_NEWER'],
  ['xmtp.db', 'missing', 'DATABASE_LOST'],
  ['xmtp.db', 'empty', 'DATABASE_LOST'],
  ['xmtp.db', 'cut in its first page', 'DATABASE_DAMAGED'],
  ['xmtp.db', 'halved', 'DATABASE_DAMAGED'],
  ['xmtp.db', 'text', 'DATABASE_DAMAGED'],
  ['xmtp.db', 'flipped', 'DATABASE_DAMAGED'],
  ['xmtp.db.sqlcipher_salt', 'missing', 'SALT_LOST'],
  ['xmtp.db.sqlcipher_salt', 'empty', 'SALT_LOST'],
  ['xmtp.db.sqlcipher_salt', 'halved', 'SALT_INVALID'],
  ['xmtp.db.sqlcipher_salt', 'another of its kind', 'SALT_INVALID'],
  ['journal.db', 'halved', 'JOURNAL_DAMAGED'],
  ['journal.db', 'cut in its first page', 'JOURNAL_DAMAGED'],
  ['journal.db', 'text', 'JOURNAL_DAMAGED'],
  ['journal.db', 'flipped', 'JOURNAL_DAMAGED'],
  ['journal.db', 'of a later version', 'HOME_NEWER'],
  ['journal.db', 'with a further column', 'JOURNAL_ALTERED'],
  ['journal.db', 'with a renamed column', 'JOURNAL_ALTERED'],
  ['journal.db', 'with a foreign table', 'JOURNAL_ALTERED'],
  ['journal.db', 'without an index', 'JOURNAL_ALTERED'],
] as const)('%s %s: %s, and nothing is registered or changed', async (name, damage, code) => {
  const { reopen, file } = await copy();
  rmSync(file('journal.db.copy'));
  damages[damage](file(name));
  const before = ['encryption.key', 'state.json', 'journal.db'].map((kept) => contentOf(file(kept)));
  await expect(reopen()).rejects.toMatchObject({ name: 'MailboxError', code });
  expect(['encryption.key', 'state.json', 'journal.db'].map((kept) => contentOf(file(kept)))).toEqual(before);
  // A second look says the same: nothing was made anew in the meantime.
  await expect(reopen()).rejects.toMatchObject({ code });
});

test.each([['missing'], ['empty']])(
  'a journal that is %s is begun anew, and status says what is forgotten',
  async (how) => {
    const { reopen, file, events } = await copy();
    (how === 'missing' ? missing : empty)(file('journal.db'));
    const mailbox = await reopen();
    expect(mailbox.status().losses).toMatchObject([{ code: 'JOURNAL_LOST' }]);
    expect(events.map(({ name }) => name)).toContain('journal-lost');
    await mailbox.close();
    const again = await reopen();
    expect(again.status()).toMatchObject({ losses: [{ code: 'JOURNAL_LOST' }], installations: { used: 1 } });
  },
);

test('a state.json that is gone is written anew from the database, and status says so', async () => {
  const { reopen, file } = await copy();
  const before = JSON.parse(readFileSync(file('state.json'), 'utf8')) as object;
  missing(file('state.json'));
  const mailbox = await reopen();
  expect(mailbox.status()).toMatchObject({ losses: [{ code: 'STATE_LOST' }], installations: { used: 1 } });
  expect(JSON.parse(readFileSync(file('state.json'), 'utf8'))).toEqual({ ...before, registeredAt: expect.anything() });
});

test('without state.json and database, a journal still tells that the home was used', async () => {
  const { reopen, file } = await copy();
  for (const name of ['state.json', 'xmtp.db', 'xmtp.db.sqlcipher_salt']) missing(file(name));
  await expect(reopen()).rejects.toMatchObject({ code: 'DATABASE_LOST' });
});

test('the database of another installation in its place is named', async () => {
  const [one, other] = [await copy(), await createHome()];
  const mailbox = await openAt(other, { person });
  await mailbox.close();
  for (const name of ['xmtp.db', 'xmtp.db.sqlcipher_salt', 'encryption.key']) {
    rmSync(one.file(name));
    cpSync(join(other, name), one.file(name));
  }
  const state = JSON.parse(readFileSync(one.file('state.json'), 'utf8')) as { fingerprints?: unknown };
  writeFileSync(one.file('state.json'), JSON.stringify({ ...state, fingerprints: undefined }));
  await expect(one.reopen()).rejects.toMatchObject({ code: 'DATABASE_REPLACED' });
  writeFileSync(one.file('state.json'), JSON.stringify(state));
  await expect(one.reopen()).rejects.toMatchObject({ code: 'WRONG_KEY' });
});

test('a home of the version before opens, without a warning, and is noted as one of today', async () => {
  const { reopen, file } = await copy();
  const { fingerprints, ...old } = JSON.parse(readFileSync(file('state.json'), 'utf8')) as { fingerprints: object };
  writeFileSync(file('state.json'), JSON.stringify(old));
  inJournal('pragma user_version = 0')(file('journal.db'));
  const mailbox = await reopen();
  expect(mailbox.status()).toMatchObject({ state: 'connected', losses: [] });
  await expect(
    mailbox.send({ to: { address: person.address }, text: 'another', idempotencyKey: 'k' }),
  ).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  await mailbox.close();
  expect(JSON.parse(readFileSync(file('state.json'), 'utf8'))).toMatchObject({ fingerprints });
});

test('an empty key that a crash left before any database exists is made anew', async () => {
  const home = await createHome();
  writeFileSync(join(home, 'encryption.key'), '');
  expect((await openAt(home)).status().state).toBe('connected');
  expect(readFileSync(join(home, 'encryption.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
});

test('the longest path that is let through can be used', async () => {
  const root = await createHome();
  // What is left of the limit, in names that a file system takes.
  const left = 512 - Buffer.byteLength('/xmtp.db.sqlcipher_salt-journal') - root.length;
  const names = Array.from({ length: Math.floor((left - 2) / 101) }, () => `/${'x'.repeat(100)}`);
  const home = `${root}${names.join('')}/${'y'.repeat(left - names.length * 101 - 1)}`;
  expect((await openAt(home)).status().state).toBe('connected');
  await expect(openAt(`${home}z`)).rejects.toMatchObject({ code: 'PATH_TOO_LONG' });
});

test('a path that SQLite cannot open is named with its limit', async () => {
  const home = join(await createHome(), ...Array.from({ length: 5 }, () => 'x'.repeat(100)));
  await expect(openAt(home)).rejects.toMatchObject({
    code: 'PATH_TOO_LONG',
    message: expect.stringMatching(/at most \d+/),
  });
});

test('a lock that is no lock is named as harmless', async () => {
  const { reopen, file } = await copy();
  text(file('lock'));
  await expect(reopen()).rejects.toMatchObject({
    code: 'HOME_UNUSABLE',
    message: expect.stringContaining('remove it'),
  });
});

test('who holds the home is told', async () => {
  const { reopen } = await copy();
  await reopen();
  await expect(reopen()).rejects.toThrow(/this process itself/);
});

const contentOf = (path: string) =>
  readdirSync(join(path, '..')).includes(path.split('/').at(-1)!) && readFileSync(path, 'hex');
