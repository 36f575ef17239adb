import { createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { encodeOutbound } from './encode-outbound.ts';
import { type EncryptedAttachment, encryptAttachment } from './encrypt-attachment.ts';

/** A file that is to be sent. */
export interface OutboundFile {
  /** @default none */
  filename?: string | undefined;
  /** Told to whoever reads it, such as `image/png`. */
  mimeType: string;
  /** In the clear. */
  bytes: Uint8Array;
}

/** Encrypts a file for sending under an idempotency key. */
export type EncryptFile = (file: OutboundFile, idempotencyKey: string) => EncryptedAttachment;

/**
 * The same file under the same key is the same bytes, so that a send that is repeated names the same file and is the same
 * request; another key or another file shares no key with it.
 * @param encryptionKey Of the home.
 */
export function createEncryptFile(encryptionKey: Uint8Array): EncryptFile {
  const secret = hkdfSync('sha256', encryptionKey, '', 'xmtp-messaging files', 32);
  const key = createSecretKey(Buffer.from(secret));
  return ({ filename, mimeType, bytes }, idempotencyKey) => {
    const name = filename === undefined ? {} : { filename };
    const content = {
      ...encodeOutbound({ type: 'attachment', content: { ...name, mimeType, content: '' } }),
      content: bytes,
    };
    const what = JSON.stringify([
      idempotencyKey,
      filename ?? null,
      mimeType,
      createHash('sha256').update(bytes).digest('hex'),
    ]);
    return encryptAttachment(content, createHmac('sha256', key).update(what).digest());
  };
}
