import { maxTextBytes } from '../constants.ts';
import type { StoredContent, StoredMessage } from '../sdk/conversation.ts';
import { decompress } from './inflate.ts';

/** The part of a message that its reader sees. */
export interface DecodedContent {
  text: string | null;
  replyTo: string | null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The sender chooses it, and it ends up in logs. */
const printable = /^[\x21-\x7e]{1,128}$/;
const messageId = /^[0-9a-f]{64}$/;

/** `authority/type:major.minor`; `unknown` when the sender gave none, `invalid` when it could not be shown safely. */
export function contentTypeName({ type }: StoredContent): string {
  if (type === undefined) return 'unknown';
  const name = `${type.authorityId}/${type.typeId}:${type.versionMajor}.${type.versionMinor}`;
  return printable.test(name) ? name : 'invalid';
}

/**
 * Reads a message that was admitted. Never throws: what cannot be decoded has no text.
 * @param readReply The SDK's reader of replies, which nest an encoded content of their own.
 */
export function decodeMessage(
  message: Pick<StoredMessage, 'id' | 'content'>,
  readReply: (id: string) => { reference: string; text: string | null } | null,
): DecodedContent {
  const { type } = message.content;
  if (type?.authorityId !== 'xmtp.org') return { text: null, replyTo: null };
  if (type.typeId === 'reply') {
    try {
      const reply = readReply(message.id);
      const reference = reply?.reference ?? '';
      return { text: reply?.text ?? null, replyTo: messageId.test(reference) ? reference : null };
    } catch {
      return { text: null, replyTo: null };
    }
  }
  const isText = type.typeId === 'text' || type.typeId === 'markdown';
  return { text: isText ? decodeText(message.content) : null, replyTo: null };
}

/**
 * Bytes of the content when it is inflated: what it will cost to read, whatever its size on the wire. One more than
 * may be sent when it is larger than that; its own size when it cannot be inflated and so has no text.
 */
export function inflatedSize({ content, compression }: StoredContent): number {
  try {
    return decompress({ content, compression }, maxTextBytes).length;
  } catch (error) {
    const isLarger = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isLarger ? Math.max(content.length, maxTextBytes + 1) : content.length;
  }
}

/** Strict UTF-8, decompressed within the limit of what may be sent; `null` when it is not that. */
function decodeText(content: StoredContent): string | null {
  try {
    return utf8.decode(decompress(content, maxTextBytes));
  } catch {
    return null;
  }
}
