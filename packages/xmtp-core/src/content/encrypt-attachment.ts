import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { StoredContent } from '../sdk/conversation.ts';
import { parseContent } from './parse-content.ts';
import { serializeContent } from './serialize-content.ts';

/** What is needed, beside the bytes, to read an encrypted file (XIP-17). */
export interface AttachmentKeys {
  /** SHA-256 of the encrypted bytes, hex. */
  contentDigest: string;
  /** 32 bytes. */
  secret: Uint8Array;
  /** 32 bytes. */
  salt: Uint8Array;
  /** 12 bytes. */
  nonce: Uint8Array;
}

/** A file, encrypted, as it may lie where anybody can read it. */
export interface EncryptedAttachment extends AttachmentKeys {
  /** The ciphertext and its tag. */
  payload: Uint8Array;
  /** Of `payload`, bytes. */
  contentLength: number;
}

/**
 * Encrypts content as remote attachments are (XIP-17): AES-256-GCM under a key that HKDF-SHA-256 makes of secret and salt.
 * @param seed At least 32 secret bytes that belong to this content alone: secret, salt and nonce come from it, so that
 * the same file under the same seed is the same bytes, and no nonce meets its key twice.
 */
export function encryptAttachment(content: StoredContent, seed: Uint8Array): EncryptedAttachment {
  const derived = Buffer.from(hkdfSync('sha256', seed, '', 'xmtp-messaging attachment', 76));
  const [secret, salt, nonce] = [derived.subarray(0, 32), derived.subarray(32, 64), derived.subarray(64)];
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, salt), nonce);
  const payload = Buffer.concat([cipher.update(serializeContent(content)), cipher.final(), cipher.getAuthTag()]);
  return {
    payload,
    contentDigest: createHash('sha256').update(payload).digest('hex'),
    secret,
    salt,
    nonce,
    contentLength: payload.length,
  };
}

const tagBytes = 16;

/** What became of an attempt to read an encrypted file. */
export type Decrypted = { ok: true; content: StoredContent } | { ok: false; problem: 'digest' | 'undecryptable' };

/** Checks the digest, decrypts, and reads the content within. Nothing of a payload that fails a check is given out. */
export function decryptAttachment(payload: Uint8Array, keys: AttachmentKeys): Decrypted {
  if (createHash('sha256').update(payload).digest('hex') !== keys.contentDigest.toLowerCase())
    return { ok: false, problem: 'digest' };
  const undecryptable = { ok: false, problem: 'undecryptable' } as const;
  if (payload.length < tagBytes || keys.nonce.length !== 12) return undecryptable;
  try {
    const cipher = createDecipheriv('aes-256-gcm', keyOf(keys.secret, keys.salt), keys.nonce);
    cipher.setAuthTag(payload.subarray(-tagBytes));
    const plain = Buffer.concat([cipher.update(payload.subarray(0, -tagBytes)), cipher.final()]);
    const content = parseContent(plain);
    return content === null ? undecryptable : { ok: true, content };
  } catch {
    return undecryptable;
  }
}

function keyOf(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, '', 32));
}
