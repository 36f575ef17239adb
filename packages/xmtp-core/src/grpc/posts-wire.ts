import { descend, fromEnvelope, groupTopic } from './envelope-wire.ts';
import {
  bytesField,
  fieldsOf,
  findBytes,
  type PostedMessage,
  readGroupMessage,
  readVarintField,
  varintField,
} from './wire.ts';

/** What was posted to a group, and where and when the network put it. */
export interface Post extends PostedMessage {
  /** Who numbered it: 0 on V3. */
  node: number;
  id: bigint;
  /** By the network's clock, nanoseconds. */
  atNs: bigint;
}

/** Whose numbers are known, by who numbers. */
export type Seen = ReadonlyMap<number, bigint>;

/** How questions for posts are asked and answered on one of the networks. Field numbers are those of xmtp.mls.api.v1 and xmtp.xmtpv4. */
export interface PostsWire {
  newestPath: string;
  /** The newest of each group. */
  encodeNewest(groupIds: readonly string[]): Uint8Array;
  /** In the order that was asked; `null` where there is none. */
  readNewest(answer: Buffer): (Pick<Post, 'id' | 'atNs'> | null)[];
  pagePath: string;
  /** What came after `seen`, oldest first. */
  encodePage(groupId: string, seen: Seen, limit: number): Uint8Array;
  readPage(answer: Buffer): Post[];
}

const repeated = (field: number, values: readonly Uint8Array[]) =>
  Buffer.concat(values.map((value) => bytesField(field, value)));
const hex = (id: string) => Buffer.from(id, 'hex');
const each = (answer: Buffer): Buffer[] =>
  [...fieldsOf(answer)].flatMap(({ number, bytes }) => (number === 1 && bytes !== undefined ? [bytes] : []));

function readV3(message: Buffer): Post | null {
  const [posted, v1] = [readGroupMessage(message), descend(message, [1])];
  if (posted === null || v1 === null) return null;
  return { ...posted, node: 0, id: readVarintField(v1, 1) ?? 0n, atNs: readVarintField(v1, 2) ?? 0n };
}

function readD14n(envelope: Buffer): Post | null {
  const unsigned = findBytes(envelope, 1, false);
  const posted = fromEnvelope(envelope);
  if (unsigned === null || posted === null || posted === 'welcome') return null;
  const [node, id, atNs] = [1, 2, 3].map((field) => readVarintField(unsigned, field) ?? 0n);
  return { ...posted, node: Number(node), id: id!, atNs: atNs! };
}

const v3: PostsWire = {
  newestPath: '/xmtp.mls.api.v1.MlsApi/GetNewestGroupMessage',
  // Without include_content (2) it tells where and when, not what.
  encodeNewest: (groupIds) => repeated(1, groupIds.map(hex)),
  readNewest: (answer) =>
    each(answer).map((response) => {
      const v1 = descend(response, [1, 1]);
      return v1 === null ? null : { id: readVarintField(v1, 1) ?? 0n, atNs: readVarintField(v1, 2) ?? 0n };
    }),
  pagePath: '/xmtp.mls.api.v1.MlsApi/QueryGroupMessages',
  encodePage(groupId, seen, limit) {
    const paging = [varintField(1, 1n), varintField(2, BigInt(limit)), varintField(3, seen.get(0) ?? 0n)];
    return Buffer.concat([bytesField(1, hex(groupId)), bytesField(2, Buffer.concat(paging))]);
  },
  readPage: (answer) => each(answer).flatMap((message) => readV3(message) ?? []),
};

const d14n: PostsWire = {
  newestPath: '/xmtp.xmtpv4.message_api.ReplicationApi/GetNewestEnvelope',
  encodeNewest: (groupIds) => repeated(1, groupIds.map(groupTopic)),
  readNewest: (answer) =>
    each(answer).map((response) => {
      const envelope = findBytes(response, 1, false);
      return envelope === null ? null : readD14n(envelope);
    }),
  pagePath: '/xmtp.xmtpv4.message_api.ReplicationApi/QueryEnvelopes',
  encodePage(groupId, seen, limit) {
    const cursor = [...seen].map(([node, id]) => Buffer.concat([varintField(1, BigInt(node)), varintField(2, id)]));
    const query = [bytesField(1, groupTopic(groupId)), bytesField(3, repeated(1, cursor))];
    return Buffer.concat([bytesField(1, Buffer.concat(query)), varintField(2, BigInt(limit))]);
  },
  readPage: (answer) => each(answer).flatMap((envelope) => readD14n(envelope) ?? []),
};

export const postsWire: Readonly<Record<'v3' | 'd14n', PostsWire>> = { v3, d14n };
