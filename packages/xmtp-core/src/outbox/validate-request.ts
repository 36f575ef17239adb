import { maxContentBytes, maxTextBytes } from '../constants.ts';
import { serializeContent } from '../content/serialize-content.ts';
import { mailboxError } from '../errors.ts';
import type { EncodedContent, SendRequest } from '../types.ts';

/** @throws MailboxError INVALID_REQUEST, MESSAGE_EMPTY, MESSAGE_TOO_LARGE */
export function validateRequest(request: SendRequest): void {
  const { to, text, contentType, content, replyTo, idempotencyKey } = request;
  if ('address' in to) {
    if (!/^0x[0-9a-f]{40}$/i.test(to.address)) throw invalid('to.address must be 0x and 40 hex digits.');
  } else if (!/^[0-9a-f]{2,128}$/.test(to.conversationId)) {
    throw invalid('to.conversationId must be lower-case hex.');
  }
  if (contentType !== undefined && contentType !== 'text' && contentType !== 'markdown') {
    throw invalid("contentType must be 'text' or 'markdown'.");
  }
  if (replyTo !== undefined && !/^[0-9a-f]{64}$/.test(replyTo)) throw invalid('replyTo must be a message id.');
  if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > 255)) {
    throw invalid('idempotencyKey must have 1 to 255 characters.');
  }
  if ((text === undefined) === (content === undefined)) throw invalid('Either text or content must be given.');
  if (content !== undefined) {
    if (contentType !== undefined) throw invalid('contentType belongs to text; content has its own type.');
    checkContent(content);
    return;
  }
  if (text === '') throw mailboxError('MESSAGE_EMPTY');
  checkSize(Buffer.byteLength(text ?? ''), maxTextBytes);
}

/** A type is needed, or the SDK does not store it. */
function checkContent(content: EncodedContent): void {
  const { authorityId = '', typeId = '', versionMajor, versionMinor } = content.type ?? {};
  const isVersion = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32;
  if (authorityId === '' || typeId === '' || !isVersion(versionMajor) || !isVersion(versionMinor)) {
    throw invalid('content.type must name an authority, a type and its version.');
  }
  if (content.compression !== undefined) throw invalid('content must not be compressed.');
  checkSize(serializeContent(content).length, maxContentBytes);
}

function checkSize(bytes: number, limit: number): void {
  if (bytes > limit) throw mailboxError('MESSAGE_TOO_LARGE', { detail: `It has ${bytes} bytes.` });
}

function invalid(detail: string) {
  return mailboxError('INVALID_REQUEST', { detail });
}
