import { join, resolve } from 'node:path';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { homePath } from '@xmtp-messaging/xmtp-core';

type Environment = Readonly<Record<string, string | undefined>>;

/** Folder that holds one home for each address. */
export function homeRoot(env: Environment): string {
  return resolve(env['XMTP_HOME'] || join(env['HOME'] || '/', '.xmtp'));
}

/**
 * The token for a server: the operator's, of the settings or of its home, else the agent's; `null` for none. A file that others may read is no
 * secret, and is not used.
 * @param address Of a server that is known to be up: the token of a home must not go to whoever has its port otherwise.
 */
export function readToken(env: Environment, address: string | null): string | null {
  const home = address === null ? null : homePath(address, { root: homeRoot(env) });
  return operatorToken(env, home) ?? firstOf(env['XMTP_API_TOKEN']) ?? firstOf(readSecret(env['XMTP_API_TOKEN_FILE']));
}

/** The operator's token for the port of several agents; `null` for none. */
export function readPortToken(env: Environment): string | null {
  return operatorToken(env, homeRoot(env));
}

function operatorToken(env: Environment, folder: string | null): string | null {
  return (
    firstOf(env['XMTP_OPERATOR_TOKEN']) ??
    firstOf(readSecret(env['XMTP_OPERATOR_TOKEN_FILE'])) ??
    firstOf(folder === null ? null : readSecret(join(folder, 'operator.token')))
  );
}

/** Of several tokens, a line each with its scopes behind it, the first. */
function firstOf(tokens: string | null | undefined): string | null {
  return tokens?.trim().split(/\s/u, 1)[0] || null;
}

function readSecret(path: string | undefined): string | null {
  if (!path) return null;
  try {
    return readPrivateFileSync(path, { others: 'nothing' })?.bytes.toString('utf8') ?? null;
  } catch {
    return null;
  }
}
