import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { mailboxError } from '../errors.ts';

/**
 * The home folder of an address: `~/.xmtp/` and the address in lower case. Nothing is made or looked at.
 * @param options.root Folder that holds one home per address. Absolute. @default ~/.xmtp
 * @throws MailboxError INVALID_REQUEST: not an address; a name must be resolved before. Or a `root` that lies elsewhere for each working directory.
 */
export function homePath(address: string, options: { root?: string | undefined } = {}): string {
  const { root = join(homedir(), '.xmtp') } = options;
  if (!/^0x[0-9a-f]{40}$/iu.test(address)) {
    throw mailboxError('INVALID_REQUEST', { detail: 'A home folder is named by an Ethereum address.' });
  }
  if (!isAbsolute(root)) {
    throw mailboxError('INVALID_REQUEST', { detail: 'The folder of all homes must be an absolute path.' });
  }
  return join(root, address.toLowerCase());
}
