import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { printable, quoteInput } from '@xmtp-messaging/errors';
import { type ListedWallet, locateOws, parseWalletList } from '@xmtp-messaging/ows-signer';
import { CliError } from '../errors.ts';

const run = promisify(execFile);

/** The OWS vault of a user, by the `ows` program that comes with us. Keys stay in it. */
export interface Vault {
  list(): Promise<readonly ListedWallet[]>;
  /** Makes a wallet. Its recovery phrase is printed nowhere. */
  create(name: string): Promise<ListedWallet>;
}

/** @param home Absolute; its `.ows` is the vault. @throws CliError OWS_FAILED */
export function createVault(home: string): Vault {
  const ows = async (...args: string[]) => {
    const program = locateOws();
    if (program === null)
      throw new CliError({
        code: 'OWS_FAILED',
        shortMessage: 'The program ows is not published for this platform.',
        metaMessages: ['See the README of @xmtp-messaging/ows-signer for how to build it.'],
      });
    const limits = { timeout: 60_000, killSignal: 'SIGKILL', maxBuffer: 8 << 20 } as const;
    const env = { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin' };
    return await run(program, args, { ...limits, env, cwd: '/' }).catch((error: unknown) => {
      throw failed(error);
    });
  };
  const list = async () => parseWalletList((await ows('wallet', 'list')).stdout);
  return {
    list,
    async create(name) {
      await ows('wallet', 'create', `--name=${name}`);
      const found = (await list()).find((wallet) => wallet.name === name);
      if (found !== undefined) return found;
      throw new CliError({ code: 'OWS_FAILED', shortMessage: `The vault does not list ${quoteInput(name)}.` });
    },
  };
}

/** What `ows` said on its first line; its argument list is not repeated. */
function failed(error: unknown): CliError {
  const { stderr = '', code = 'unknown' } = error as { stderr?: string; code?: string | number };
  const said = /^error: (.{1,200})/mu.exec(stderr)?.[1];
  return new CliError({
    code: 'OWS_FAILED',
    shortMessage: `The program ows failed (${printable(said ?? String(code))}).`,
  });
}
