import { join } from 'node:path';
import { decodeText } from '@xmtp-messaging/errors';
import type { FileError } from '@xmtp-messaging/errors/files';
import { parse } from 'dotenv';
import { SkillError } from './errors.ts';
import { readAnyFile } from './read-any-file.ts';
import type { WalletSource } from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `OWS_WALLET` of an agent. */
export type WalletSearch = { found: true; name: string; source: WalletSource } | { found: false; message: string };

const variable = 'OWS_WALLET';
// Means the same, bare or in double quotes, to dotenv, to Node's --env-file and to a shell.
const walletName = /^[\p{L}\p{N}][\p{L}\p{N} ._@:+-]{0,127}$/u;

/**
 * Looks for OWS_WALLET in `.env.NAME` beside the team file, then in the team file, then in `.env`, then the environment. The nearest
 * that mentions it wins; an empty value in a file means: no wallet. Nothing else of those files is kept, shown or written.
 * @throws SkillError ENV_UNREADABLE, WALLET_INVALID
 */
export async function findWallet(
  agent: string,
  options: { folder: string; env: Environment; inTeamFile?: string | null },
): Promise<WalletSearch> {
  const { inTeamFile = null } = options;
  for (const source of [`.env.${agent}`, '.env'] as const) {
    if (source === '.env' && inTeamFile !== null)
      return { found: true, name: checkName(inTeamFile, 'team file'), source: 'team file' };
    const value = await readVariable(variable, { folder: options.folder, source });
    if (value === undefined) continue;
    if (value === '') return { found: false, message: `${variable} is empty in ${source}.` };
    return { found: true, name: checkName(value, source), source };
  }
  const value = options.env[variable];
  if (value) return { found: true, name: checkName(value, 'environment'), source: 'environment' };
  return { found: false, message: `${variable} is set neither in .env.${agent}, nor in .env, nor in the environment.` };
}

/**
 * Whether somebody sets a token that callers have to show; never which.
 * @throws SkillError ENV_UNREADABLE
 */
export async function findsToken(agent: string, options: { folder: string; env: Environment }): Promise<boolean> {
  for (const name of ['XMTP_API_TOKEN', 'XMTP_API_TOKEN_FILE']) {
    if (options.env[name]) return true;
    for (const source of [`.env.${agent}`, '.env'])
      if (await readVariable(name, { folder: options.folder, source })) return true;
  }
  return false;
}

async function readVariable(
  name: string,
  { folder, source }: { folder: string; source: string },
): Promise<string | undefined> {
  const bytes = await readAnyFile(join(folder, source)).catch((cause: FileError) => {
    throw unreadable(`${source} cannot be read (${cause.detail ?? cause.code}).`, cause);
  });
  if (bytes === null) return undefined;
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw unreadable(`${source} ${decoded.why}.`);
  return parse(decoded.text)[name]?.trim();
}

function unreadable(shortMessage: string, cause?: unknown): SkillError {
  return new SkillError({
    code: 'ENV_UNREADABLE',
    shortMessage,
    cause,
  });
}

/** A key or a recovery phrase that was put into the wrong variable must not travel on. */
function checkName(value: string, source: WalletSource): string {
  const secret = /^(?:0x)?[0-9a-f]{64}$/i.test(value) || value.split(/\s+/).length >= 12;
  if (!secret && walletName.test(value)) return value;
  throw new SkillError({
    code: 'WALLET_INVALID',
    shortMessage: `${variable} in ${source.includes('.') ? source : `the ${source}`} is not the name of a wallet.`,
    metaMessages: secret
      ? ['It looks like a private key or recovery phrase. Import it into the OWS vault, then name the wallet here.']
      : undefined,
  });
}
