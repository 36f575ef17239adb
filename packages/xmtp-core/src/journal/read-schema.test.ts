import { hash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { openJournal } from './open-journal.ts';
import { schemaSteps } from './schema.ts';
import { readSchema } from './read-schema.ts';

async function journalOf(steps: readonly string[], version: number): Promise<string> {
  const path = join(await temporaryDirectory(), 'journal.db');
  const database = new DatabaseSync(path);
  for (const step of steps) database.exec(step);
  database.exec(`pragma user_version = ${version}`);
  database.close();
  return path;
}

function look<T>(path: string, see: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return see(database);
  } finally {
    database.close();
  }
}

test('no step is edited after it was published: a change is a further step', () => {
  const digests = schemaSteps.map((step) =>
    hash('sha256', step.replaceAll(/--.*/g, '').replaceAll(/\s+/g, ' ')).slice(0, 16),
  );
  expect(digests).toMatchInlineSnapshot(`
    [
      "325434b339eb3c80",
      "f9a2c60ab94e2572",
      "aed5e17f91d57f64",
      "7400752210aec0ed",
      "e5dea693f12756fa",
      "19382239af67358e",
      "b214880eb8c162f8",
      "9757b8c9fd6c674c",
      "167d68b0dc9dccb5",
      "d2a0298c68fde274",
      "bf75a12f3f536a44",
      "86e0fec3196a507c",
      "498723a4b44140b9",
      "a39b265ebe3b89c3",
    ]
  `);
});

const numbers = schemaSteps.map((_, index) => index + 1);

test.each(numbers.flatMap((version) => [[version, version] as const, [version, 0] as const]))(
  'a journal with the tables of version %i that calls itself %i becomes one of today, and keeps its rows',
  async (version, named) => {
    const path = await journalOf(schemaSteps.slice(0, version), named);
    look(path, (database) => database.exec("insert into meta values ('a', '1')"));
    const journal = openJournal({ path, onCommitFailure: () => undefined });
    expect(journal.getMeta('a')).toBe('1');
    journal.close();
    expect(look(path, readSchema)).toEqual({ is: 'version', version: schemaSteps.length });
    expect(look(path, (database) => database.prepare('pragma user_version').get())).toEqual({
      user_version: schemaSteps.length,
    });
  },
);

test('a version that is not known, and tables that are not those of the version, are told apart', async () => {
  const latest = schemaSteps.length;
  expect(look(await journalOf([], 0), readSchema)).toEqual({ is: 'empty' });
  expect(look(await journalOf(schemaSteps, latest + 1), readSchema)).toEqual({ is: 'newer', version: latest + 1 });
  expect(look(await journalOf([], latest), readSchema)).toMatchObject({ is: 'altered' });
  expect(look(await journalOf(schemaSteps.slice(0, 1), latest), readSchema)).toMatchObject({ is: 'altered' });
  expect(look(await journalOf([...schemaSteps, 'create table other (x)'], latest), readSchema)).toEqual({
    is: 'altered',
    what: 'table other',
  });
});
