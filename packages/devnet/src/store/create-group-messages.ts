import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { GroupMessageSchema } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import type { Page } from './paging.ts';
import { preparePages } from './prepare-pages.ts';
import type { AllocateId } from './create-id-allocator.ts';
import type { UniqueClock } from './create-unique-clock.ts';
import { originators, type Posting } from './originators.ts';

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
export function createGroupMessages(database: DatabaseSync, clock: UniqueClock, allocateId: AllocateId) {
  const insert = database.prepare(
    `insert into group_message
     (id, created_ns, group_id, data, data_hash, sender_hmac, should_push, is_commit, originator, envelope)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const known = database.prepare('select 1 from group_message where data_hash = ?');
  const readPage = preparePages<Row>(database, { table: 'group_message', columns, topicColumn: 'group_id' });
  const newest = database.prepare(`select ${columns} from group_message where group_id = ? order by id desc limit 1`);
  newest.setReadBigInts(true);
  return {
    /**
     * `null` when the same bytes are already in this conversation: publishing twice is one message. Through a gateway
     * it is two, as on the real node: each has an id of its own.
     */
    insert(message: NewGroupMessage, posting: Posting | null = null): bigint | null {
      const { groupId, data, senderHmac, shouldPush, isCommit } = message;
      let hash = createHash('sha256').update(groupId).update(data).digest();
      if (known.get(hash) !== undefined) {
        if (posting === null) return null;
        hash = randomBytes(hash.length);
      }
      const id = allocateId();
      const originator = posting?.originator ?? (isCommit ? originators.commits : originators.migratedMessages);
      const flags = [Number(shouldPush), Number(isCommit)] as const;
      insert.run(id, clock(), groupId, data, hash, senderHmac, ...flags, originator, posting?.envelope ?? null);
      return id;
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
