import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { GroupMessageSchema } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import type { Page } from './paging.ts';
import { preparePages } from './prepare-pages.ts';
import type { UniqueClock } from './create-unique-clock.ts';

/** A group message before the network has given it an id and a time. */
export interface NewGroupMessage {
  readonly groupId: Uint8Array;
  readonly data: Uint8Array;
  readonly senderHmac: Uint8Array;
  readonly shouldPush: boolean;
  readonly isCommit: boolean;
}

/** A stored group message as it goes out. */
export type StoredGroupMessage = MessageInitShape<typeof GroupMessageSchema> & { readonly id: bigint };

interface Row {
  id: bigint;
  created_ns: bigint;
  group_id: Uint8Array;
  data: Uint8Array;
  sender_hmac: Uint8Array;
  should_push: bigint;
  is_commit: bigint;
}

const columns = 'id, created_ns, group_id, data, sender_hmac, should_push, is_commit';

/** Group messages by conversation. */
export function createGroupMessages(database: DatabaseSync, clock: UniqueClock) {
  const insert = database.prepare(
    `insert into group_message (created_ns, group_id, data, data_hash, sender_hmac, should_push, is_commit)
     values (?, ?, ?, ?, ?, ?, ?) on conflict (data_hash) do nothing`,
  );
  const readPage = preparePages<Row>(database, { table: 'group_message', columns, topicColumn: 'group_id' });
  const newest = database.prepare(`select ${columns} from group_message where group_id = ? order by id desc limit 1`);
  newest.setReadBigInts(true);
  return {
    /** `false` when the same bytes are already in this conversation: publishing twice is one message. */
    insert(message: NewGroupMessage): boolean {
      const { groupId, data, senderHmac, shouldPush, isCommit } = message;
      const hash = createHash('sha256').update(groupId).update(data).digest();
      return insert.run(clock(), groupId, data, hash, senderHmac, Number(shouldPush), Number(isCommit)).changes === 1;
    },
    page: (groupId: Uint8Array, page: Page): StoredGroupMessage[] =>
      readPage(groupId, page).map((row) => toMessage(row, true)),
    /** The newest message; without its content (data and HMAC are empty) unless asked for. */
    newest(groupId: Uint8Array, includeContent: boolean): StoredGroupMessage | null {
      const row = newest.get(groupId) as Row | undefined;
      return row === undefined ? null : toMessage(row, includeContent);
    },
  };
}

function toMessage(row: Row, includeContent: boolean): StoredGroupMessage {
  const v1 = {
    id: row.id,
    createdNs: row.created_ns,
    groupId: row.group_id,
    isCommit: row.is_commit === 1n,
    ...(includeContent ? { data: row.data, senderHmac: row.sender_hmac, shouldPush: row.should_push === 1n } : {}),
  };
  return { id: row.id, version: { case: 'v1', value: v1 } };
}
