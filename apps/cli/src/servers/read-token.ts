import { join } from 'node:path';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { homePath } from '@xmtp-messaging/xmtp-core';

type Environment = Readonly<Record<string, string | undefined>>;

/** Folder that holds one home for each address. */
export function homeRoot(env: Environment): string {
  return env['XMTP_HOME'] || join(env['HOME'] || '/', '.xmtp');
}

/**
 * The token for a server: the operator's, where its home has one, else that of the settings; `null` for none. A file that others may
 * read is no secret, and is not used.
 */
export function readToken(env: Environment, address: string | null): string | null {
  const home = address === null ? null : homePath(address, { root: homeRoot(env) });
  const operator = home === null ? null : readSecret(join(home, 'operator.token'));
  if (operator !== null) return operator;
  const file = env['XMTP_API_TOKEN_FILE'];
  return env['XMTP_API_TOKEN'] || (file ? readSecret(file) : null);
}

function readSecret(path: string): string | null {
  try {
    return readPrivateFileSync(path, { others: 'nothing' })?.bytes.toString('utf8').trim() || null;
  } catch {
    return null;
  }
}
