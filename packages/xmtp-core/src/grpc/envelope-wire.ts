import { bytesField, fieldsOf, findBytes, type PostedMessage } from './wire.ts';

// What this package speaks of the decentralised network. Field numbers are those of xmtp.xmtpv4.

/** The first byte of a topic. */
const [groupKind, welcomeKind] = [0, 1];

/** `SubscribeEnvelopesRequest`: query (1) of topics (1). Without a cursor nothing comes that was posted before. */
export function encodeEnvelopesSubscription(
  topics: readonly ({ groupId: string } | { installationId: string })[],
): Uint8Array {
  const toTopic = (topic: (typeof topics)[number]) =>
    'groupId' in topic
      ? groupTopic(topic.groupId)
      : Buffer.concat([Buffer.of(welcomeKind), Buffer.from(topic.installationId, 'hex')]);
  return bytesField(1, Buffer.concat(topics.map((topic) => bytesField(1, toTopic(topic)))));
}

/**
 * What a `SubscribeEnvelopesResponse` tells of: envelopes (1), each unsigned (1), payer's (4), client's (1) with aad (1) of
 * topic (2) and group_message (2) of v1 (1) of data (1) and sender_hmac (2). Sometimes it is empty, as a sign of life.
 */
export function readPosted(frame: Buffer): (PostedMessage | 'welcome')[] {
  const posted: (PostedMessage | 'welcome')[] = [];
  for (const { number, bytes } of fieldsOf(frame)) {
    const found = number === 1 && bytes !== undefined ? fromEnvelope(bytes) : null;
    if (found !== null) posted.push(found);
  }
  return posted;
}

/** What an `OriginatorEnvelope` tells of; `null` when that is neither. */
export function fromEnvelope(envelope: Buffer): PostedMessage | 'welcome' | null {
  const client = descend(envelope, [1, 4, 1]);
  const topic = client === null ? null : descend(client, [1, 2]);
  if (client === null || topic === null || topic.length < 2) return null;
  if (topic[0] === welcomeKind) return 'welcome';
  if (topic[0] !== groupKind) return null;
  const message = descend(client, [2, 1]);
  return {
    groupId: topic.subarray(1).toString('hex'),
    data: message === null ? null : findBytes(message, 1, false),
    senderHmac: message === null ? null : findBytes(message, 2, false),
  };
}

/** Where the messages of a group are posted. */
export const groupTopic = (groupId: string): Buffer =>
  Buffer.concat([Buffer.of(groupKind), Buffer.from(groupId, 'hex')]);

/** `GetNodesResponse`: nodes (1), each an id (1) and a URL (2). */
export function readNodes(response: Buffer): string[] {
  const urls: string[] = [];
  for (const { number, bytes } of fieldsOf(response)) {
    const url = number === 1 && bytes !== undefined ? findBytes(bytes, 2, false) : null;
    if (url !== null) urls.push(url.toString());
  }
  return urls;
}

/** Follows fields into a message; what is cut at its end may still hold what is looked for. */
export function descend(message: Buffer, path: readonly number[]): Buffer | null {
  let at: Buffer | null = message;
  for (const field of path) at = at === null ? null : findBytes(at, field, true);
  return at;
}
