import type { DatabaseSync } from 'node:sqlite';
import type { Page } from './paging.ts';
import { preparePages } from './prepare-pages.ts';
import type { UniqueClock } from './create-unique-clock.ts';

/** One published entry: signed bytes of which the network understands only the conversation. */
export interface CommitLogRow {
  readonly id: bigint;
  readonly data: Uint8Array;
  /** A serialised RecoverableEd25519Signature. */
  readonly signature: Uint8Array;
}

/** What clients publish about the commits of a conversation, to find forks. */
export function createCommitLog(database: DatabaseSync, clock: UniqueClock) {
  const insert = database.prepare('insert into commit_log (created_ns, group_id, data, signature) values (?, ?, ?, ?)');
  const readPage = preparePages<CommitLogRow>(database, {
    table: 'commit_log',
    columns: 'id, data, signature',
    topicColumn: 'group_id',
  });
  return {
    insert(groupId: Uint8Array, data: Uint8Array, signature: Uint8Array): void {
      insert.run(clock(), groupId, data, signature);
    },
    page: (groupId: Uint8Array, page: Page): CommitLogRow[] => readPage(groupId, page),
  };
}
