import { fieldsOf } from '../grpc/wire.ts';
import type { StoredContent } from '../sdk/conversation.ts';
import type { AttachmentKeys } from './encrypt-attachment.ts';
import { inflate } from './inflate.ts';
import { parseContent } from './parse-content.ts';
import { maxFields } from './read-fields.ts';

/** A file of a message, as its sender describes it: all of it is a stranger's word. */
export type AttachmentPart =
  | { kind: 'inline'; filename: string | null; mimeType: string | null; bytes: Uint8Array }
  | ({
      kind: 'remote';
      filename: string | null;
      url: string;
      /** Bytes of the encrypted file, as the sender says; `null` when he does not. */
      contentLength: number | null;
    } & AttachmentKeys);

const maxParts = 100;

/**
 * The files of a message: attachment (XIP-15), remote attachment (XIP-17), several of them (XIP-48), and replies (XIP-20)
 * with one of these. What cannot be read is left out, so that a broken one hides no other.
 */
export function findAttachments(content: StoredContent): AttachmentPart[] {
  const { type } = content;
  if (type?.authorityId !== 'xmtp.org') return [];
  const inner = type.typeId === 'reply' ? nested(content) : content;
  if (inner?.type?.authorityId !== 'xmtp.org') return [];
  const bytes = inflate(inner);
  if (bytes === null) return [];
  const { parameters } = inner;
  switch (inner.type.typeId) {
    case 'attachment':
      return [
        { kind: 'inline', filename: orNull(parameters['filename']), mimeType: orNull(parameters['mimeType']), bytes },
      ];
    case 'remoteStaticAttachment':
      return remote(parameters, Buffer.from(bytes).toString());
    case 'multiRemoteStaticAttachment':
      return several(bytes);
    default:
      return [];
  }
}

function nested(content: StoredContent): StoredContent | null {
  const bytes = inflate(content);
  return bytes === null ? null : parseContent(bytes);
}

function remote(parameters: Readonly<Record<string, string>>, url: string): AttachmentPart[] {
  const { contentDigest = '', secret = '', salt = '', nonce = '', contentLength } = parameters;
  if (![contentDigest, secret, salt, nonce].every((value) => /^(?:[0-9a-f]{2})+$/iu.test(value))) return [];
  const [secretBytes, saltBytes, nonceBytes] = [secret, salt, nonce].map((value) => Buffer.from(value, 'hex'));
  return [
    {
      kind: 'remote',
      filename: orNull(parameters['filename']),
      url,
      contentLength: contentLength === undefined || !/^\d{1,15}$/u.test(contentLength) ? null : Number(contentLength),
      contentDigest,
      secret: secretBytes!,
      salt: saltBytes!,
      nonce: nonceBytes!,
    },
  ];
}

/** `MultiRemoteAttachment`: attachments (1) of digest (1), secret (2), nonce (3), salt (4), scheme (5), url (6), length (7), filename (8). */
function several(bytes: Uint8Array): AttachmentPart[] {
  const parts: AttachmentPart[] = [];
  let walked = 0;
  for (const { number, bytes: entry, isCut } of fieldsOf(Buffer.from(bytes))) {
    walked += 1;
    if (walked > maxFields) break;
    if (number !== 1 || entry === undefined || isCut === true || parts.length >= maxParts) continue;
    const fields = new Map([...fieldsOf(entry)].map((field) => [field.number, field]));
    const field = (index: number) => fields.get(index)?.bytes ?? Buffer.alloc(0);
    const filename = field(8).toString();
    parts.push({
      kind: 'remote',
      filename: filename === '' ? null : filename,
      url: field(6).toString(),
      contentLength: fields.has(7) ? Number(fields.get(7)?.varint ?? 0n) : null,
      contentDigest: field(1).toString(),
      secret: field(2),
      salt: field(4),
      nonce: field(3),
    });
  }
  return parts;
}

const orNull = (value: string | undefined) => (value === undefined || value === '' ? null : value);
