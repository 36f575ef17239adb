import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checkFile, writeDurably } from '@xmtp-messaging/errors/files';

/** Name of the file in the home folder. */
export const operatorTokenFile = 'operator.token';

/**
 * Makes `operator.token` of the home at the first start: what a front end asks of whoever changes trust. A file that is
 * there stays as it is; an empty one, which a crash may leave, is made anew.
 * @throws FileError FILE_UNSAFE, or what the operating system said
 */
export async function makeOperatorToken(home: string): Promise<void> {
  const path = join(home, operatorTokenFile);
  const found = checkFile(path, { others: 'nothing' });
  if (found !== null && found.size > 0) return;
  await writeDurably(path, `${randomBytes(32).toString('base64url')}\n`, { replace: found !== null });
}
