// The few bytes of protobuf and gRPC that this package speaks itself. Field numbers are those of xmtp.mls.api.v1 and
// xmtp.identity.api.v1; those of the decentralised network are in envelope-wire.

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    if (rest === 0n) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export function bytesField(field: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([...varint(BigInt(field << 3) | 2n), ...varint(BigInt(value.length))]), value]);
}

export function varintField(field: number, value: bigint): Uint8Array {
  return Buffer.from([...varint(BigInt(field << 3)), ...varint(value)]);
}

/** A topic, by the hex of its group or installation, and the id after which messages are of interest. */
export interface TopicCursor {
  key: string;
  cursor: bigint;
}

/** `SubscribeGroupMessagesRequest` or `SubscribeWelcomeMessagesRequest`: filters (1) of key (1) and id_cursor (2). */
export function encodeSubscription(topics: readonly TopicCursor[]): Uint8Array {
  const filter = ({ key, cursor }: TopicCursor) =>
    Buffer.concat([bytesField(1, Buffer.from(key, 'hex')), varintField(2, cursor)]);
  return Buffer.concat(topics.map((topic) => bytesField(1, filter(topic))));
}

/** `QueryWelcomeMessagesRequest` for the newest one: installation_key (1), paging_info (2) of direction (1), limit (2). */
export function encodeNewestWelcomeQuery(installationId: string): Uint8Array {
  const descending = Buffer.concat([varintField(1, 2n), varintField(2, 1n)]);
  return Buffer.concat([bytesField(1, Buffer.from(installationId, 'hex')), bytesField(2, descending)]);
}

/** The id of the first welcome of a `QueryWelcomeMessagesResponse`, 0 when there is none. */
export function readWelcomeId(response: Buffer): bigint {
  const welcome = findBytes(response, 1, false);
  const version = welcome === null ? null : (findBytes(welcome, 1, false) ?? findBytes(welcome, 2, false));
  return version === null ? 0n : (readVarintField(version, 1) ?? 0n);
}

/** `GetInboxIdsRequest`: requests (1) of identifier (1) and identifier_kind (2), 1 for Ethereum. */
export function encodeInboxIdsRequest(addresses: readonly string[]): Uint8Array {
  const request = (address: string) => Buffer.concat([bytesField(1, Buffer.from(address)), varintField(2, 1n)]);
  return Buffer.concat(addresses.map((address) => bytesField(1, request(address))));
}

/** `GetInboxIdsResponse`: responses (1) of identifier (1) and inbox_id (2). By address, without those that lead nowhere. */
export function readInboxIds(response: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (const { number, bytes } of fieldsOf(response)) {
    if (number !== 1 || bytes === undefined) continue;
    const [address, inboxId] = [findBytes(bytes, 1, false), findBytes(bytes, 2, false)];
    if (address !== null && inboxId !== null) found.set(address.toString().toLowerCase(), inboxId.toString());
  }
  return found;
}

/** `GetIdentityUpdatesRequest`: requests (1) of inbox_id (1) and sequence_id (2), after which updates are wanted. */
export function encodeIdentityUpdatesRequest(since: ReadonlyMap<string, bigint>): Uint8Array {
  const request = ([inboxId, sequenceId]: readonly [string, bigint]) =>
    Buffer.concat([bytesField(1, Buffer.from(inboxId)), varintField(2, sequenceId)]);
  return Buffer.concat([...since].map((entry) => bytesField(1, request(entry))));
}

/**
 * `GetIdentityUpdatesResponse`: responses (1) of inbox_id (1) and updates (2), each with its sequence_id (1). The newest
 * by inbox, `null` for an inbox without any; `null` for an answer that is not whole.
 */
export function readIdentityNews(response: Buffer): Map<string, bigint | null> | null {
  const found = new Map<string, bigint | null>();
  for (const { number, bytes, isCut } of fieldsOf(response)) {
    if (number !== 1 || bytes === undefined || isCut === true) return null;
    const inboxId = findBytes(bytes, 1, false);
    if (inboxId === null) return null;
    let newest: bigint | null = null;
    for (const field of fieldsOf(bytes)) {
      if (field.number !== 2) continue;
      const sequenceId = field.bytes === undefined ? null : readVarintField(field.bytes, 1);
      if (sequenceId === null || field.isCut === true) return null;
      if (newest === null || sequenceId > newest) newest = sequenceId;
    }
    found.set(inboxId.toString(), newest);
  }
  return found;
}

/** A gRPC message: no compression, length, content. */
export function encodeFrame(content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(content.length, 1);
  return Buffer.concat([header, content]);
}

/** Calls back with the beginning of each message of a gRPC stream, at most `keep` bytes; the rest is not buffered. */
export function createFrameReader(onFrame: (start: Buffer) => void, keep: number): (chunk: Uint8Array) => void {
  let header = Buffer.alloc(0);
  let start: Buffer[] = [];
  let kept = 0;
  let left = -1;
  return (chunk) => {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (rest.length > 0 || left === 0) {
      if (left < 0) {
        const missing = 5 - header.length;
        header = Buffer.concat([header, rest.subarray(0, missing)]);
        rest = rest.subarray(missing);
        if (header.length < 5) return;
        left = header.readUInt32BE(1);
        header = Buffer.alloc(0);
      }
      const part = rest.subarray(0, left);
      if (kept < keep && part.length > 0) {
        const wanted = part.subarray(0, keep - kept);
        start.push(wanted);
        kept += wanted.length;
      }
      left -= part.length;
      rest = rest.subarray(part.length);
      if (left > 0) return;
      const frame = start.length === 1 ? start[0]! : Buffer.concat(start);
      [start, kept, left] = [[], 0, -1];
      onFrame(frame);
    }
  };
}

/** What was posted to a group, still encrypted. */
export interface PostedMessage {
  groupId: string;
  /** The ciphertext; `null` when it was cut off. */
  data: Uint8Array | null;
  /** The sender's mark on it, see recognise-own; `null` when there is none or it was cut off. */
  senderHmac: Uint8Array | null;
}

/** Reads a `GroupMessage`: v1 (1) holds group_id (3), data (4), sender_hmac (5). `null` when it is malformed. */
export function readGroupMessage(message: Buffer): PostedMessage | null {
  const v1 = findBytes(message, 1, true);
  const groupId = v1 === null ? null : findBytes(v1, 3, false);
  if (v1 === null || groupId === null || groupId.length === 0) return null;
  return { groupId: groupId.toString('hex'), data: findBytes(v1, 4, false), senderHmac: findBytes(v1, 5, false) };
}

/** A varint field of a small message, for example a timestamp; `null` when it is not there. */
export function readVarintField(message: Buffer, field: number): bigint | null {
  return findField(message, field, false)?.varint ?? null;
}

/** A bytes field of a message; `null` when it is not there, or cut off and `mayBeCut` is false. */
export function findBytes(message: Buffer, field: number, mayBeCut: boolean): Buffer | null {
  return findField(message, field, mayBeCut)?.bytes ?? null;
}

export interface Field {
  number: number;
  /** Shorter than it says when the message is cut. */
  bytes?: Buffer;
  isCut?: boolean;
  varint?: bigint;
}

function findField(message: Buffer, number: number, mayBeCut: boolean): Field | null {
  for (const field of fieldsOf(message)) {
    if (field.number === number) return field.isCut === true && !mayBeCut ? null : field;
  }
  return null;
}

/** Walks a message that may be cut at its end; it ends at anything malformed. */
export function* fieldsOf(message: Buffer): Generator<Field> {
  let offset = 0;
  const readVarint = (): bigint | null => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[offset];
      if (byte === undefined) return null;
      offset += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return null;
  };
  while (offset < message.length) {
    const tag = readVarint();
    if (tag === null) return;
    const [number, type] = [Number(tag >> 3n), Number(tag & 7n)];
    if (type === 0) {
      const varint = readVarint();
      if (varint === null) return;
      yield { number, varint };
    } else if (type === 2) {
      const length = readVarint();
      if (length === null) return;
      const bytes = message.subarray(offset, offset + Number(length));
      yield { number, bytes, isCut: bytes.length !== Number(length) };
      offset += Number(length);
    } else if (type === 1) offset += 8;
    else if (type === 5) offset += 4;
    else return;
  }
}
