import { isBaseError } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import type { MailboxErrorCode } from './error-codes.ts';
import { mailboxErrorTexts } from './error-texts.ts';
import { MailboxError, mailboxError } from './errors.ts';

test('an error says what happened, the fact at hand and what to do next', () => {
  const error = mailboxError('SALT_LOST', { detail: '/home/agent/.xmtp/0x1/xmtp.db.sqlcipher_salt' });
  expect(error.message).toMatchInlineSnapshot(`
    "The salt file of the database is gone, so the database cannot be read.

    /home/agent/.xmtp/0x1/xmtp.db.sqlcipher_salt
    Put xmtp.db.sqlcipher_salt back. Without it, move the home away to start as a further installation."
  `);
  expect(error).toMatchObject({ name: 'MailboxError', code: 'SALT_LOST', retryable: false });
  expect(isBaseError(error)).toBe(true);
});

test('every code has its own text', () => {
  const codes = Object.keys(mailboxErrorTexts) as MailboxErrorCode[];
  const messages = codes.map((code) => mailboxError(code).message);
  expect(new Set(messages).size).toBe(codes.length);
  expect(messages.every((message) => message.includes('\n\n'))).toBe(true);
  expect(mailboxError('TOO_BUSY')).toBeInstanceOf(MailboxError);
});
