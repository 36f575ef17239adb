import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { schemaSteps } from './schema.ts';

/** What the tables of a journal are: nothing yet, those of a version, those of a later one, or none that we know. */
export type FoundSchema =
  | { is: 'empty' }
  | { is: 'version' | 'newer'; version: number }
  | { is: 'altered'; what: string };

/**
 * Reads which version's tables a journal has, by what is there and not only by its number: journals of before there was
 * a number have none. Writes nothing.
 */
export function readSchema(database: DatabaseSync): FoundSchema {
  const version = Number(database.prepare('pragma user_version').get()?.['user_version'] ?? 0);
  if (version > schemaSteps.length) return { is: 'newer', version };
  const found = objectsOf(database);
  if (found.size === 0 && version === 0) return { is: 'empty' };
  const candidates = version === 0 ? schemaSteps.map((_, index) => index + 1) : [version];
  const fitting = candidates.findLast((candidate) => differences(found, expectedOf(candidate)).length === 0);
  if (fitting !== undefined) return { is: 'version', version: fitting };
  return {
    is: 'altered',
    what: differences(found, expectedOf(version || schemaSteps.length))
      .slice(0, 3)
      .join(', '),
  };
}

function expectedOf(version: number): Map<string, string> {
  const database = new DatabaseSync(':memory:');
  try {
    for (const step of schemaSteps.slice(0, version)) database.exec(step);
    return objectsOf(database);
  } finally {
    database.close();
  }
}

/** Tables, indexes and triggers with their texts, comments and spaces apart; not what SQLite makes for itself. */
function objectsOf(database: DatabaseSync): Map<string, string> {
  const rows = database.prepare("select type, name, sql from sqlite_schema where name not glob 'sqlite_*'").all();
  const plain = (sql: unknown) => String(sql).replaceAll(/--.*/g, '').replaceAll(/\s+/g, ' ');
  return new Map(rows.map(({ type, name, sql }) => [`${String(type)} ${String(name)}`, plain(sql)]));
}

function differences(found: Map<string, string>, expected: Map<string, string>): string[] {
  const names = new Set([...found.keys(), ...expected.keys()]);
  return [...names].filter((name) => found.get(name) !== expected.get(name));
}
