import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checkFile, readPrivateFileSync, writeDurably } from '@xmtp-messaging/errors/files';
import { AgentError } from '../errors.ts';

/** What the boundary of one home is made from: the same after every start, so that a message always reads the same. */
export interface BoundarySecret {
  gutter: string;
  idFor: (messageId: string) => string;
  /** What the file holds, so that it can be kept out of answers. */
  key: string;
}

/**
 * Reads `boundary.key` of the home, making it at the first start; an empty one, which a crash may leave, is none. The
 * boundary holds even when its marks are known; the secret only keeps a sender from knowing them beforehand.
 * @throws AgentError HOME_INVALID
 * @throws FileError FILE_UNSAFE, or what the operating system said
 */
export async function openBoundarySecret(home: string): Promise<BoundarySecret> {
  const path = join(home, 'boundary.key');
  const hex = read(path) || (await make(path));
  if (!/^[0-9a-f]{64}$/u.test(hex)) {
    throw new AgentError({
      code: 'HOME_INVALID',
      shortMessage: 'The file boundary.key of the home folder cannot be used.',
      metaMessages: [
        'It does not hold 32 bytes of hex.',
        'Restore it with mode 0600, or remove it to have a new one made.',
      ],
    });
  }
  const key = Buffer.from(hex, 'hex');
  const derive = (label: string) => createHmac('sha256', key).update(label).digest();
  return {
    gutter: gutterFrom(derive('gutter')),
    key: hex,
    idFor: (messageId) => derive(`message:${messageId}`).toString('hex', 0, 16),
  };
}

function read(path: string): string {
  return readPrivateFileSync(path, { others: 'nothing' })?.bytes.toString('utf8').trim() ?? '';
}

/** Nothing is written when it is there already; of two processes that make it at once, one does. */
async function make(path: string): Promise<string> {
  const isEmpty = checkFile(path, { others: 'nothing' })?.size === 0;
  await writeDurably(path, `${randomBytes(32).toString('hex')}\n`, { replace: isEmpty });
  return read(path);
}

/** A letter and five letters or digits: short, and no word of any language. */
function gutterFrom(bytes: Buffer): string {
  const letters = 'bcdfghjkmnpqrstvwxz';
  const all = `${letters}23456789`;
  return [...bytes.subarray(0, 6)]
    .map((byte, index) => (index === 0 ? letters[byte % letters.length] : all[byte % all.length]))
    .join('');
}
