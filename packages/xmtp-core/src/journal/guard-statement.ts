import type {
  DatabaseSync,
  SQLInputValue,
  SQLOutputValue,
  StatementResultingChanges,
  StatementSync,
} from 'node:sqlite';
import { mailboxError } from '../errors.ts';

type Row = Record<string, SQLOutputValue>;

/** What of a prepared statement is used. */
export interface Statement {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  run(...values: SQLInputValue[]): StatementResultingChanges;
  iterate(...values: SQLInputValue[]): IterableIterator<Row>;
}

/**
 * A statement that says what a caller can understand: MailboxError CLOSED once its database is closed, and INVALID_REQUEST for an id
 * or a name that is no text.
 */
export function guardStatement(database: Pick<DatabaseSync, 'isOpen'>, statement: StatementSync): Statement {
  const guard =
    <T>(ask: (values: SQLInputValue[]) => T) =>
    (...values: SQLInputValue[]): T => {
      if (!database.isOpen) throw mailboxError('CLOSED');
      if (!values.every(isBindable)) throw mailboxError('INVALID_REQUEST', { detail: 'An id or a name is text.' });
      return ask(values);
    };
  return {
    get: guard((values) => statement.get(...values)),
    all: guard((values) => statement.all(...values)),
    run: guard((values) => statement.run(...values)),
    iterate: guard((values) => statement.iterate(...values)),
  };
}

/** An object would be taken for the names of parameters. */
function isBindable(value: unknown): boolean {
  if (typeof value === 'object') return value === null || ArrayBuffer.isView(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}
