import { maxContentBytes } from '../constants.ts';
import type { StoredContent, StoredMessage } from '../sdk/conversation.ts';
import { contentDecoders } from './content-decoders.ts';
import { contentTypeNameOf } from './content-type-ids.ts';
import { decompress } from './inflate.ts';
import { parseContent } from './parse-content.ts';
import type { PlainTypedContent } from './plain-typed.ts';
import { contentSchemas, type MessageContent } from './typed-content.ts';

/** The part of a message that its reader sees. */
export interface DecodedContent {
  /** Short name of the content type; its full id when it has none. */
  type: string;
  /** What it says, as data; `null` when it cannot be read, or is gone. */
  content: MessageContent | null;
  /** What its sender wrote for readers that do not know the type. */
  fallback: string | null;
  /** The words of a text, or of a reply that is one. */
  text: string | null;
  /** Id of the message that it answers, as its sender says; `null` when it is no reply. */
  replyTo: string | null;
  /** Why there is nothing left to read: its author took it back, or it disappeared in its time. */
  gone: 'deleted' | 'expired' | null;
}

/** The sender chooses it, and it ends up in logs and before models: words and numbers, nothing else. */
const plainId = /^[\w.-]{1,64}\/[\w.-]{1,64}:\d{1,4}\.\d{1,4}$/;
/** Bytes beside the content that every honest message may have. */
const freeBeside = 1_024;
const messageId = /^[0-9a-f]{64}$/;

/** `authority/type:major.minor`; `unknown` when the sender gave none, `invalid` when it could not be shown safely. */
export function contentTypeName({ type }: Pick<StoredContent, 'type'>): string {
  if (type === undefined) return 'unknown';
  const name = `${type.authorityId}/${type.typeId}:${type.versionMajor}.${type.versionMinor}`;
  return plainId.test(name) ? name : 'invalid';
}

/** Reads a message that was admitted. Never throws: what cannot be read has no content. */
export function decodeMessage({
  content: stored,
  isChange,
}: Pick<StoredMessage, 'content' | 'isChange'>): DecodedContent {
  const nothing = { text: null, replyTo: null, gone: null };
  const fallback = stored.fallback ?? null;
  const id = contentTypeName(stored);
  if (contentTypeNameOf(id) !== 'reply') {
    const { type, content } = decodePlain(stored, isChange === true) ?? { type: shortType(id), content: null };
    return { ...nothing, type, content, fallback, text: wordsOf(content) };
  }
  try {
    const bytes = decompress(stored);
    const nested = parseContent(bytes);
    if (nested === null) throw new TypeError('nests nothing');
    const reference = stored.parameters['reference'] ?? '';
    const content = decodePlain(nested, false);
    const { referenceInboxId } = stored.parameters;
    return {
      type: 'reply',
      content: { reference, ...(referenceInboxId === undefined ? {} : { referenceInboxId }), content },
      // That of a reply repeats what it nests.
      fallback: nested.fallback ?? fallback,
      text: wordsOf(content?.content ?? null),
      replyTo: messageId.test(reference) ? reference : null,
      gone: null,
    };
  } catch {
    return { ...nothing, type: 'reply', content: null, fallback };
  }
}

/** About how much memory, and JSON, it takes. */
export function charactersOf({ text, content, fallback }: DecodedContent): number {
  const bytes = content !== null && 'content' in content && typeof content.content === 'string' ? content.content : '';
  return (text?.length ?? 0) + bytes.length + (fallback?.length ?? 0);
}

/** What is left of a message that the database holds no more. */
export function goneMessage(contentType: string, gone: 'deleted' | 'expired'): DecodedContent {
  return { type: shortType(contentType), content: null, fallback: null, text: null, replyTo: null, gone };
}

/**
 * Bytes of the content when it is inflated: what it will cost to read, whatever its size on the wire. One more than
 * may be sent when it is larger than that; its own size when it cannot be inflated and so has no text. What stands beside it,
 * its fallback and parameters, counts
 * in place of it where it is the larger part.
 */
export function inflatedSize(stored: StoredContent): number {
  const beside = Object.entries(stored.parameters).reduce(
    (sum, [key, value]) => sum + key.length + Buffer.byteLength(value),
    Buffer.byteLength(stored.fallback ?? ''),
  );
  return Math.max(sizeOf(stored), beside - freeBeside);
}

function sizeOf(stored: StoredContent): number {
  try {
    const bytes = decompress(stored);
    if (contentTypeNameOf(contentTypeName(stored)) !== 'reply') return bytes.length;
    return Math.max(bytes.length, nestedSize(bytes));
  } catch (error) {
    const isLarger = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isLarger ? Math.max(stored.content.length, maxContentBytes + 1) : stored.content.length;
  }
}

function nestedSize(bytes: Uint8Array): number {
  const nested = parseContent(bytes);
  return nested?.compression === undefined ? 0 : sizeOf({ ...nested, type: undefined });
}

const shortType = (id: string) => contentTypeNameOf(id) ?? id;

/** `null` when it cannot be read. A reply in a reply, and a change of a group that is none, are of no type of ours. */
function decodePlain(stored: StoredContent, isChange: boolean): PlainTypedContent | null {
  const id = contentTypeName(stored);
  const name = contentTypeNameOf(id);
  try {
    const bytes = decompress(stored);
    const isOurs = name !== null && name !== 'reply' && (name !== 'groupUpdated' || isChange);
    if (!isOurs) {
      const content = { parameters: stored.parameters, content: toBase64(bytes), contentLength: bytes.length };
      return { type: id, content };
    }
    return {
      type: name,
      content: contentSchemas[name].parse(contentDecoders[name](bytes, stored)),
    } as PlainTypedContent;
  } catch {
    return null;
  }
}

function wordsOf(content: MessageContent | null): string | null {
  if (content === null) return null;
  if ('text' in content) return content.text;
  return 'markdown' in content ? content.markdown : null;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
