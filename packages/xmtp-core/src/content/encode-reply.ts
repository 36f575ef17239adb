import type { StoredContent } from '../sdk/conversation.ts';
import { serializeContent } from './serialize-content.ts';

const maxQuotedBytes = 1_000;

/**
 * A reply as `sendReply` encodes it; the binding has no encoder for it.
 * https://github.com/xmtp/XIPs/blob/main/XIPs/xip-20-reply-content-type.md (XIP-20)
 */
export function encodeReply(content: StoredContent, reference: string, referenceInboxId?: string): StoredContent {
  const { type } = content;
  const isText = type?.authorityId === 'xmtp.org' && type.typeId === 'text';
  // As the SDK quotes it, but not so that a long text travels twice.
  const isQuoted = isText && content.content.length <= maxQuotedBytes;
  return {
    type: { authorityId: 'xmtp.org', typeId: 'reply', versionMajor: 1, versionMinor: 0 },
    parameters: {
      reference,
      ...(referenceInboxId === undefined ? {} : { referenceInboxId }),
      ...(type === undefined
        ? {}
        : { contentType: `${type.authorityId}/${type.typeId}:${type.versionMajor}.${type.versionMinor}` }),
    },
    fallback: isQuoted
      ? `Replied with "${Buffer.from(content.content).toString()}" to an earlier message`
      : 'Replied to an earlier message',
    content: serializeContent(content),
  };
}
