import { parseJson } from '@xmtp-messaging/errors';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { createOwsSigner, type OwsSigner } from '@xmtp-messaging/ows-signer';

/** The wallet of an agent, by the settings of its server. @throws OwsSignerError, FileError */
export async function openSigner(
  env: Readonly<Record<string, string | undefined>>,
  options: { wallet: string; onWarning: (text: string) => void },
): Promise<OwsSigner> {
  const { wallet, onWarning } = options;
  const { name, ...where } = walletOf(env, wallet);
  return await createOwsSigner({ ...where, wallet: name, onWarning });
}

/** A wallet by name, where and how those settings say. */
export function walletOf(env: Readonly<Record<string, string | undefined>>, name: string) {
  const passphraseFile = env['OWS_PASSPHRASE_FILE'];
  return {
    name,
    home: env['HOME'] || '/',
    credential: passphraseFile ? () => readSecret(passphraseFile) : env['OWS_PASSPHRASE'],
    command: commandOf(env['OWS_COMMAND']),
  };
}

function commandOf(text: string | undefined): readonly [string, ...string[]] | undefined {
  if (!text) return undefined;
  const parsed = text.trimStart().startsWith('[') ? parseJson(text) : [text];
  return Array.isArray(parsed) && parsed.length > 0 ? (parsed.map(String) as [string, ...string[]]) : undefined;
}

function readSecret(path: string): string {
  return readPrivateFileSync(path, { others: 'read', followLinks: true })?.bytes.toString('utf8').trim() ?? '';
}
