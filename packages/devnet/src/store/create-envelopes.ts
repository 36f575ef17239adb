import type { DatabaseSync } from 'node:sqlite';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { IdentityUpdateSchema } from '../gen/xmtp/identity/associations/association_pb.ts';
import { type ClientEnvelope, ClientEnvelopeSchema } from '../gen/xmtp/xmtpv4/envelopes/envelopes_pb.ts';
import type { AllocateId } from './create-id-allocator.ts';
import { toRowId } from './paging.ts';
import { originators } from './originators.ts';

/** Something posted, as the nodes of the decentralised network hand it out. */
export interface Envelope {
  readonly originator: number;
  readonly sequence: bigint;
  /** Nanoseconds since the epoch. */
  readonly createdNs: bigint;
  /** A serialised ClientEnvelope. */
  readonly clientEnvelope: Uint8Array;
}

/** What a reader has seen of each originator; one that is absent counts as nothing seen. */
export type VectorCursor = ReadonlyMap<number, bigint>;

/** The newest moment that a reader may know of each originator, in nanoseconds. */
export type Horizon = (originator: number) => bigint;

/** The first byte of a topic: what is posted there. The rest names whose. */
export const topicKinds = { groupMessages: 0, welcomeMessages: 1, identityUpdates: 2, keyPackages: 3 } as const;

interface Row {
  id: bigint;
  created_ns: bigint;
  envelope: Uint8Array | null;
  [column: string]: unknown;
}

interface TopicSource {
  /** What the rest of a topic is called in the table. */
  readonly toKey: (id: Uint8Array) => Uint8Array | string;
  readonly sql: string;
  /** Wraps what came over V3, without an envelope. */
  readonly toPayload: (row: Row) => ClientEnvelope['payload'];
}

const sources: Readonly<Record<number, TopicSource>> = {
  [topicKinds.groupMessages]: {
    toKey: (id) => id,
    sql: `select id, created_ns, envelope, data, sender_hmac, should_push from group_message
      where group_id = ? and originator = ?`,
    toPayload: ({ data, sender_hmac: senderHmac, should_push: push }) =>
      payload({
        case: 'groupMessage',
        value: { version: { case: 'v1', value: { data, senderHmac, shouldPush: push === 1n } } },
      }),
  },
  [topicKinds.welcomeMessages]: {
    toKey: (id) => id,
    sql: `select id, created_ns, envelope, installation_key, kind, data, hpke_public_key, wrapper_algorithm,
      welcome_metadata from welcome_message where installation_key = ? and originator = ?`,
    toPayload: (row) => payload({ case: 'welcomeMessage', value: { version: toWelcome(row) } }),
  },
  [topicKinds.identityUpdates]: {
    toKey: (id) => Buffer.from(id).toString('hex'),
    sql: `select id, created_ns, envelope, data from identity_update where inbox_id = ? and ? = ${originators.identityUpdates}`,
    toPayload: ({ data }) =>
      payload({ case: 'identityUpdate', value: fromBinary(IdentityUpdateSchema, data as Uint8Array) }),
  },
  [topicKinds.keyPackages]: {
    toKey: (id) => id,
    sql: `select id, updated_ns as created_ns, envelope, data from key_package
      where installation_key = ? and originator = ?`,
    toPayload: ({ data }) =>
      payload({ case: 'uploadKeyPackage', value: { keyPackage: { keyPackageTlsSerialized: data } } }),
  },
};

/** Everything in the store as the decentralised network sees it, whichever way it came. */
export function createEnvelopes(database: DatabaseSync, allocateId: AllocateId) {
  const prepare = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  };
  const statements = Object.fromEntries(
    Object.entries(sources).map(([kind, { sql }]) => [
      kind,
      {
        after: prepare(`${sql} and id > ? and created_ns <= ? order by id limit ?`),
        newest: prepare(`${sql} and created_ns <= ? order by id desc limit 1`),
      },
    ]),
  );
  const used = prepare(
    `select distinct originator from group_message union select originator from welcome_message
     union select originator from key_package`,
  ).all() as { originator: bigint }[];
  const known = new Set<number>([originators.commits, originators.identityUpdates]);
  for (const { originator } of used) known.add(Number(originator));
  for (const name of ['migratedMessages', 'migratedWelcomes', 'migratedKeyPackages'] as const)
    known.add(originators[name]);

  const read = <T>(
    topic: Uint8Array,
    ask: (kind: number, key: Uint8Array | string, originator: number) => T[],
  ): T[] => {
    const source = sources[topic[0] ?? -1];
    if (source === undefined) return [];
    const key = source.toKey(topic.subarray(1));
    return [...known].flatMap((originator) => ask(topic[0]!, key, originator));
  };
  const toEnvelope = (topic: Uint8Array, originator: number, row: Row): Envelope => ({
    originator,
    sequence: row.id,
    createdNs: row.created_ns,
    clientEnvelope: row.envelope ?? wrap(topic, sources[topic[0]!]!.toPayload(row)),
  });

  return {
    /** Told of an originator before it posts for the first time. */
    register: (originator: number) => void known.add(originator),
    /** What is new to a reader of one topic, in the order in which it was posted, which each originator's is too. */
    after(topic: Uint8Array, seen: VectorCursor, options: { limit: number; horizon: Horizon }): Envelope[] {
      const { limit, horizon } = options;
      const rows = read(topic, (kind, key, originator) =>
        (
          statements[kind]!.after.all(
            key,
            originator,
            toRowId(seen.get(originator) ?? 0n),
            horizon(originator),
            limit,
          ) as Row[]
        ).map((row) => ({ originator, row })),
      );
      return rows
        .toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1))
        .slice(0, limit)
        .map(({ originator, row }) => toEnvelope(topic, originator, row));
    },
    newest(topic: Uint8Array, horizon: Horizon): Envelope | null {
      let newest: { originator: number; row: Row } | null = null;
      read(topic, (kind, key, originator) => {
        const row = statements[kind]!.newest.get(key, originator, horizon(originator)) as Row | undefined;
        if (row !== undefined && (newest === null || row.id > newest.row.id)) newest = { originator, row };
        return [];
      });
      return newest === null
        ? null
        : toEnvelope(topic, (newest as { originator: number }).originator, (newest as { row: Row }).row);
    },
    /** A cursor at the end of everything. */
    end: (): Map<number, bigint> => new Map([...known].map((originator) => [originator, allocateId.last()])),
    /** The last sequence id that anything was given. */
    last: () => allocateId.last(),
  };
}

function wrap(topic: Uint8Array, content: ClientEnvelope['payload']): Uint8Array {
  return toBinary(
    ClientEnvelopeSchema,
    create(ClientEnvelopeSchema, { aad: { targetTopic: topic }, payload: content }),
  );
}

/** The rows of the store are what the messages are made of; their types are known to the tables alone. */
function payload(init: unknown): ClientEnvelope['payload'] {
  return create(ClientEnvelopeSchema, { payload: init as ClientEnvelope['payload'] }).payload;
}

function toWelcome(row: Row): unknown {
  const { installation_key: installationKey, data, hpke_public_key: hpkePublicKey } = row;
  const common = { installationKey, hpkePublicKey, wrapperAlgorithm: Number(row['wrapper_algorithm']) };
  return row['kind'] === 1n
    ? { case: 'welcomePointer', value: { ...common, welcomePointer: data } }
    : { case: 'v1', value: { ...common, data, welcomeMetadata: row['welcome_metadata'] } };
}
