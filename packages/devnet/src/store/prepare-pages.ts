import type { DatabaseSync } from 'node:sqlite';
import type { Page } from './paging.ts';

/** Reads one page of the rows of one topic. */
export type ReadPage<Row> = (topic: Uint8Array | string, page: Page) => Row[];

/** Prepares the four ways to page through `columns` of `table` where `topicColumn` equals a topic. */
export function preparePages<Row>(
  database: DatabaseSync,
  { table, columns, topicColumn }: { table: string; columns: string; topicColumn: string },
): ReadPage<Row> {
  const prepare = (condition: string, order: 'asc' | 'desc') => {
    const statement = database.prepare(
      `select ${columns} from ${table} where ${topicColumn} = ? ${condition} order by id ${order} limit ?`,
    );
    statement.setReadBigInts(true);
    return statement;
  };
  const ascending = prepare('and id > ?', 'asc');
  const descending = prepare('', 'desc');
  const before = prepare('and id < ?', 'desc');
  return (topic, { descending: newestFirst, cursor, limit }) => {
    if (!newestFirst) return ascending.all(topic, cursor ?? 0n, limit) as Row[];
    return (cursor === null ? descending.all(topic, limit) : before.all(topic, cursor, limit)) as Row[];
  };
}
