import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readSecretFile } from '../config/read-secret-file.ts';
import { ServerError } from '../errors.ts';
import { writePrivateFile } from './private-file.ts';

/** What the boundary of one home is made from: the same after every start, so that a message always reads the same. */
export interface BoundarySecret {
  gutter: string;
  idFor: (messageId: string) => string;
  /** What the file holds, so that it can be kept out of answers. */
  key: string;
}

/**
 * Reads `boundary.key` of the home, making it at the first start. The boundary holds even when its marks are known;
 * the secret only keeps a sender from knowing them beforehand.
 * @throws ServerError HOME_INVALID
 */
export async function openBoundarySecret(home: string): Promise<BoundarySecret> {
  const path = join(home, 'boundary.key');
  await writePrivateFile(path, `${randomBytes(32).toString('hex')}\n`, { replace: false });
  const read = readSecretFile(path);
  if (!read.ok || !/^[0-9a-f]{64}$/u.test(read.secret)) {
    throw new ServerError({
      code: 'HOME_INVALID',
      shortMessage: 'The file boundary.key of the home folder cannot be used.',
      metaMessages: [
        read.ok ? 'It does not hold 32 bytes of hex.' : `It ${read.problem}`,
        'Restore it with mode 0600, or remove it to have a new one made.',
      ],
    });
  }
  const key = Buffer.from(read.secret, 'hex');
  const derive = (label: string) => createHmac('sha256', key).update(label).digest();
  return {
    gutter: gutterFrom(derive('gutter')),
    key: read.secret,
    idFor: (messageId) => derive(`message:${messageId}`).toString('hex', 0, 16),
  };
}

/** A letter and five letters or digits: short, and no word of any language. */
function gutterFrom(bytes: Buffer): string {
  const letters = 'bcdfghjkmnpqrstvwxz';
  const all = `${letters}23456789`;
  return [...bytes.subarray(0, 6)]
    .map((byte, index) => (index === 0 ? letters[byte % letters.length] : all[byte % all.length]))
    .join('');
}
