import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { patient, temporaryDirectory } from '@xmtp-messaging/testing';
import { locateOws } from '../src/index.ts';

const run = promisify(execFile);
const limits = { timeout: patient(30_000), killSignal: 'SIGKILL' as const };

/** What the OWS SDK returns for a wallet, in part. */
interface WalletInfo {
  id: string;
  accounts: readonly { chainId: string; address: string }[];
}

/** A real OWS vault in a temporary home. */
export interface Vault {
  home: string;
  /** Calls the OWS SDK in a process of its own, as its owner would; never in the process that signs. */
  sdk<T>(method: string, ...args: readonly unknown[]): Promise<T>;
  /** Makes a wallet: with a passphrase through the SDK, without one as the `ows` program does. */
  createWallet(name: string, passphrase?: string): Promise<{ id: string; address: string }>;
  /** Makes an API token for a wallet. */
  createToken(walletId: string, options?: TokenOptions): Promise<{ token: string; id: string }>;
  /** Changes the file of a wallet. */
  editWallet(id: string, change: (json: string) => string): Promise<void>;
}

interface TokenOptions {
  passphrase?: string;
  policies?: readonly string[];
  expiresAt?: string;
}

export async function temporaryVault(): Promise<Vault> {
  const home = await temporaryDirectory();
  const folder = join(home, '.ows');
  const sdk = async <T>(method: string, ...args: readonly unknown[]): Promise<T> => {
    const program = join(import.meta.dirname, 'programs', 'call-sdk.ts');
    const call = JSON.stringify([method, ...args]);
    const { stdout } = await run(process.execPath, [program, call], { ...limits, env: { HOME: home } });
    return JSON.parse(stdout) as T;
  };
  return {
    home,
    sdk,
    async createWallet(name, passphrase) {
      if (passphrase !== undefined) {
        const wallet = await sdk<WalletInfo>('createWallet', name, passphrase, 12, folder);
        return { id: wallet.id, address: wallet.accounts.find(({ chainId }) => chainId === 'eip155:1')!.address };
      }
      const { stdout } = await run(ows(), ['wallet', 'create', `--name=${name}`], { ...limits, env: { HOME: home } });
      return {
        id: /^Wallet created: (\S+)$/m.exec(stdout)![1]!,
        address: stdout.match(/^ {2}eip155:1 → (\S+)$/m)![1]!,
      };
    },
    createToken: (walletId, { passphrase = '', policies = [], expiresAt } = {}) =>
      sdk('createApiKey', 'agent', [walletId], policies, passphrase, expiresAt ?? null, folder),
    async editWallet(id, change) {
      const path = join(folder, 'wallets', `${id}.json`);
      await writeFile(path, change(await readFile(path, 'utf8')));
    },
  };
}

/** The native binary, which every platform that runs these tests has. */
export function ows(): string {
  const path = locateOws();
  if (path === null) throw new Error('there is no ows binary for this platform');
  return path;
}
