import { z } from 'zod';
import { mailboxError } from '../errors.ts';
import { checkOptions } from '../util/check-options.ts';

/**
 * Who can open a backup: whoever has the secret of one of these public keys (`age1…`), or knows this passphrase, at least 12
 * characters. https://age-encryption.org/v1
 */
export type BackupSeal =
  | { recipients: readonly string[] }
  | {
      passphrase: string;
      /** Base-2 logarithm of what a guess costs, 18 is a second or two and 256 MB. @default 18 */
      workFactor?: number | undefined;
    };

/** What opens a backup: the secret (`AGE-SECRET-KEY-1…`) of one of its recipients, or its passphrase. */
export type BackupSecret = { identity: string } | { passphrase: string };

const sealSchema = z.union(
  [
    z.looseObject({ passphrase: z.string(), workFactor: z.int().positive().optional() }),
    z.looseObject({ recipients: z.array(z.string()) }),
  ],
  { error: 'a backup is sealed for { recipients } or by { passphrase }' },
);
const secretSchema = z.union([z.looseObject({ passphrase: z.string() }), z.looseObject({ identity: z.string() })], {
  error: 'a backup is opened by { identity } or { passphrase }',
});

type Bytes = ReadableStream<Uint8Array>;

/** Whoever has a copy may guess as long as he likes. */
const minPassphrase = 12;

// Its curves take a start longer than all of HTTP, and most processes never seal anything.
const loadAge = () => import('age-encryption');

/** A seal that can be used. @throws MailboxError INVALID_REQUEST. Causes are left out: they may quote a secret. */
export async function createSeal(seal: BackupSeal): Promise<(plain: Bytes) => Promise<Bytes>> {
  checkOptions(sealSchema, seal);
  const { Encrypter } = await loadAge();
  const encrypter = new Encrypter();
  if ('passphrase' in seal) {
    if (seal.passphrase.length < minPassphrase) {
      throw mailboxError('INVALID_REQUEST', { detail: `A passphrase has at least ${minPassphrase} characters.` });
    }
    encrypter.setPassphrase(seal.passphrase);
    if (seal.workFactor !== undefined) encrypter.setScryptWorkFactor(seal.workFactor);
  } else {
    if (seal.recipients.length === 0) throw mailboxError('INVALID_REQUEST', { detail: 'A backup needs a recipient.' });
    for (const [index, recipient] of seal.recipients.entries()) {
      try {
        encrypter.addRecipient(recipient);
      } catch {
        throw mailboxError('INVALID_REQUEST', { detail: `Recipient ${index + 1} is no public key of age (age1…).` });
      }
    }
  }
  return async (plain) => await encrypter.encrypt(plain);
}

/** Room for some two thousand recipients. */
const maxHeaderBytes = 256 * 1024;

/**
 * As it is; fails where it holds no header of age at its beginning, which would be looked for in memory to the end of any file.
 * https://age-encryption.org/v1#file-format
 */
function withHeader(sealed: Bytes): Bytes {
  let seen = new Uint8Array();
  const noHeader = () => new Error('no header of age');
  const begins = Buffer.from('age-encryption.org/v1\n');
  let ends = false;
  return sealed.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (!ends) {
          seen = Buffer.concat([seen, chunk]);
          const isOne = begins.equals(seen.subarray(0, begins.length)) || begins.subarray(0, seen.length).equals(seen);
          ends = /\n--- [^\n]*\n/u.test(Buffer.from(seen.subarray(0, maxHeaderBytes)).toString('latin1'));
          if (!isOne || (!ends && seen.length >= maxHeaderBytes)) throw noHeader();
        }
        controller.enqueue(chunk);
      },
      flush() {
        seen = new Uint8Array();
      },
    }),
  );
}

/** @throws MailboxError BACKUP_UNREADABLE; what is damaged further on throws when it is read */
export async function openSeal(sealed: Bytes, secret: BackupSecret): Promise<Bytes> {
  checkOptions(secretSchema, secret);
  const { Decrypter } = await loadAge();
  const decrypter = new Decrypter();
  try {
    if ('passphrase' in secret) decrypter.addPassphrase(secret.passphrase);
    else decrypter.addIdentity(secret.identity);
    return await decrypter.decrypt(withHeader(sealed));
  } catch {
    throw mailboxError('BACKUP_UNREADABLE');
  }
}
