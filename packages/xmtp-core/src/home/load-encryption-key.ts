import { randomBytes } from 'node:crypto';
import { readPrivateFileSync, writeDurably } from '@xmtp-messaging/errors/files';
import { fromFileError, mailboxError } from '../errors.ts';

/**
 * The 32 bytes that encrypt the database. Made and on disk before the database exists, never made again while one does.
 * An empty file is none: a crash leaves one when the disk kept the name and not yet the content.
 * @throws MailboxError KEY_LOST, KEY_INVALID, FILE_UNSAFE
 */
export async function loadEncryptionKey(path: string, { hasDatabase }: { hasDatabase: boolean }): Promise<Uint8Array> {
  try {
    const text = readPrivateFileSync(path)?.bytes.toString('utf8').trim() ?? '';
    if (text === '') {
      if (hasDatabase) throw mailboxError('KEY_LOST', { detail: `${path}: missing or empty` });
      const key = randomBytes(32);
      await writeDurably(path, `${key.toString('hex')}\n`, { locked: true });
      return key;
    }
    if (!/^[0-9a-f]{64}$/i.test(text)) throw mailboxError('KEY_INVALID', { detail: path });
    return Buffer.from(text, 'hex');
  } catch (error) {
    throw fromFileError(path, error);
  }
}
