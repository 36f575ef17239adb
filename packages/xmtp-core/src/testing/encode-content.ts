import type { StoredContent } from '../sdk/conversation.ts';
import { mailboxError } from '../errors.ts';
import { encodeReply } from '../content/encode-reply.ts';

/**
 * A text as the SDK encodes it.
 * @param contentType `authority/type:major.minor` @throws MailboxError INVALID_REQUEST: it is not
 */
export function encodeContent(text: string, contentType: string, replyTo: string | null): StoredContent {
  const [, authorityId = '', typeId = '', major, minor] = /^([^/]*)\/([^:]*):(\d+)\.(\d+)$/.exec(contentType) ?? [];
  if (major === undefined) {
    throw mailboxError('INVALID_REQUEST', { detail: 'contentType must be authority/type:major.minor.' });
  }
  const type = { authorityId, typeId, versionMajor: Number(major), versionMinor: Number(minor) };
  const content = { type, parameters: { encoding: 'UTF-8' }, content: Buffer.from(text) };
  return replyTo === null ? content : encodeReply(content, replyTo);
}
