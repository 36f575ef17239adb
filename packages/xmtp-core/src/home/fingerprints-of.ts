import { createHash } from 'node:crypto';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { fromFileError, mailboxError } from '../errors.ts';
import type { Fingerprints } from './home-state.ts';
import type { HomePaths } from './open-home.ts';

/** What the key and the salt of a database are known by. @throws MailboxError SALT_LOST, SALT_INVALID */
export function fingerprintsOf(paths: HomePaths, encryptionKey: Uint8Array): Fingerprints {
  try {
    const salt = readPrivateFileSync(paths.salt, { others: 'mend' })?.bytes.toString('utf8').trim() ?? '';
    if (salt === '') throw mailboxError('SALT_LOST', { detail: `${paths.salt}: missing or empty` });
    if (!/^[0-9a-f]{32}$/i.test(salt)) {
      throw mailboxError('SALT_INVALID', { detail: `${paths.salt}: not 16 bytes in hex` });
    }
    return { key: fingerprint('encryption.key', encryptionKey), salt: fingerprint('salt', salt.toLowerCase()) };
  } catch (error) {
    throw fromFileError(paths.salt, error);
  }
}

/** Whether key and salt are those that opened the database before. @throws MailboxError WRONG_KEY, SALT_INVALID */
export function checkFingerprints(paths: HomePaths, found: Fingerprints, known: Fingerprints): void {
  if (known.key !== found.key) throw mailboxError('WRONG_KEY', { detail: `${paths.key}: another key` });
  if (known.salt !== found.salt) throw mailboxError('SALT_INVALID', { detail: `${paths.salt}: another salt` });
}

function fingerprint(label: string, secret: string | Uint8Array): string {
  const bytes = Buffer.concat([Buffer.from(`xmtp-messaging ${label} `), Buffer.from(secret)]);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
