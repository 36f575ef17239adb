import { DatabaseSync } from 'node:sqlite';

/** Rows of messages that were delivered long ago, whose texts nobody has any more. */
export function addOldRows(path: string, options: { rows: number; conversations: number }): void {
  change(path, (database) => {
    database
      .prepare(
        `insert into inbound (message_id, conversation_id, conversation_type, sender_inbox_id, sender_addresses,
           content_type, content_bytes, sent_at, received_at, sender, historical, state)
         with recursive old (i) as (select 1 union all select i + 1 from old where i < ?)
         select printf('%064x', i), printf('%032x', i % ?), 'dm', 'before',
           '["0x0000000000000000000000000000000000000001"]', 'xmtp.org/text:1.0', 5, 1, 1, 'allowlisted', 0, 'delivered'
         from old`,
      )
      .run(options.rows, options.conversations);
  });
}

/** Spreads what is pending over so many conversations. Returns how many messages that are. */
export function spreadPending(path: string, conversations: number): number {
  return change(path, (database) => {
    // Out and in again: the journal's own triggers keep its counts and heads.
    database.exec(`create temp table moved as select * from inbound where state = 'pending' order by seq;
      delete from inbound where state = 'pending';`);
    database.prepare(`update moved set conversation_id = printf('%032x', seq % ?)`).run(conversations);
    return Number(database.prepare('insert into inbound select * from moved order by seq').run().changes);
  });
}

/** The server must not run. */
function change<T>(path: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    database.exec('begin immediate');
    const result = work(database);
    database.exec('commit');
    return result;
  } finally {
    database.close();
  }
}
