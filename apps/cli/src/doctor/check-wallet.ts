import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isBaseError } from '@xmtp-messaging/errors';
import { checkFile } from '@xmtp-messaging/errors/files';
import { openSigner } from '../wallet/open-signer.ts';
import { fail, type Finding, ok, type Subject, warn } from './types.ts';

// What a mailbox asks for when it is registered, for an inbox that nobody has: the signature is good for nothing, and thrown away.
const probe = [
  'XMTP : Authenticate to inbox',
  '',
  `Inbox ID: ${'0'.repeat(64)}`,
  'Current time: 1970-01-01T00:00:00Z',
  '',
  '- Create inbox',
  `  (Owner: 0x${'0'.repeat(40)})`,
  '',
  'For more info: https://xmtp.org/signatures',
].join('\n');

/** What became of the wallet: its address when it is known. */
export interface WalletFindings {
  findings: Finding[];
  address: `0x${string}` | null;
}

/** The wallet: its exact name, whether it signs (passphrase or token, policy), and who else can read the vault. */
export async function checkWallet({ env, fix }: Subject): Promise<WalletFindings> {
  const home = env['HOME'] || '/';
  const vault = await checkVault(join(home, '.ows'), fix);
  const wallet = env['OWS_WALLET'];
  if (!wallet) {
    const unset = fail('wallet', 'OWS_WALLET is not set.', 'Set it in .env.NAME, or under env in the team file.');
    return { findings: [...vault, unset], address: null };
  }
  try {
    const warnings: string[] = [];
    const onWarning = (text: string) => void warnings.push(text);
    const signer = await openSigner(env, { wallet, onWarning });
    const found = ok('wallet', `The wallet is there: ${signer.address}.`);
    const signs = await signer.signMessage(probe).then(
      () => signed(warnings),
      (error: unknown) => failed('passphrase', error),
    );
    return { findings: [...vault, found, signs], address: signer.address };
  } catch (error) {
    return { findings: [...vault, failed('wallet', error)], address: null };
  }
}

function signed(warnings: readonly string[]): Finding {
  const empty = warnings.find((text) => text.includes('without a passphrase'));
  return empty === undefined
    ? ok('passphrase', 'The wallet signs what a mailbox asks for.')
    : warn(
        'passphrase',
        'The wallet has no passphrase: whoever can read its file has the key.',
        'Use one with a passphrase or a token.',
      );
}

function failed(check: string, error: unknown): Finding {
  if (!isBaseError(error))
    return fail(check, 'The wallet could not be asked.', 'Run `npx @xmtp-messaging/cli wallet list`.');
  return fail(
    check,
    `${error.shortMessage} (${error.code})`,
    error.metaMessages.join(' ') || 'See `npx @xmtp-messaging/cli wallet list`.',
  );
}

/** Keys are encrypted, but a wallet may have no passphrase. Folders that others could write would let them change wallets. */
async function checkVault(path: string, fix: boolean): Promise<Finding[]> {
  const folders = [path, join(path, 'wallets'), join(path, 'keys')];
  const files = await readdir(join(path, 'wallets')).catch(() => []);
  const all = [
    ...folders.map((at) => ({ at, kind: 'folder' as const })),
    ...files.map((name) => ({ at: join(path, 'wallets', name), kind: 'file' as const })),
  ];
  const found: Finding[] = [];
  for (const { at, kind } of all) {
    if ((await lstat(at).catch(() => null)) === null) continue;
    try {
      const mended = checkFile(at, { kind, others: fix ? 'mend' : 'nothing' })?.mendedFrom ?? null;
      if (mended !== null)
        found.push({
          ...warn('vault-modes', `Others could use ${at}.`, 'It is for its owner alone now.'),
          fixed: true,
        });
    } catch (error) {
      const why = isBaseError(error) ? error.shortMessage : at;
      found.push(fail('vault-modes', why, `chmod ${kind === 'folder' ? '700' : '600'} it, or run with --fix.`));
    }
  }
  return found.length > 0 ? found : [ok('vault-modes', 'The vault is for its owner alone.')];
}
