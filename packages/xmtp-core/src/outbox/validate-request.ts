import { maxTextBytes } from '../constants.ts';
import { mailboxError } from '../errors.ts';
import type { SendRequest } from '../types.ts';

/** @throws MailboxError INVALID_REQUEST, MESSAGE_EMPTY, MESSAGE_TOO_LARGE */
export function validateRequest(request: SendRequest): void {
  const { to, text, contentType, replyTo, idempotencyKey } = request;
  const invalid = (detail: string) => mailboxError('INVALID_REQUEST', { detail });
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
  if (text === '') throw mailboxError('MESSAGE_EMPTY');
  const bytes = Buffer.byteLength(text);
  if (bytes > maxTextBytes) throw mailboxError('MESSAGE_TOO_LARGE', { detail: `It has ${bytes} bytes.` });
}
