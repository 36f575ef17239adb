import { classifyFailure, saysSkipped } from './classify-failure.ts';
import { OwsSignerError } from './errors.ts';
import { type ListedWallet, parseWalletList } from './parse-wallet-list.ts';
import { parseSignature } from './parse-signature.ts';
import { redact } from './redact.ts';
import { type CommandResult, runCommand } from './run-command.ts';

/** How to run `ows`. */
export interface OwsOptions {
  command: readonly [string, ...string[]];
  home: string;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  onWarning: ((warning: string) => void) | undefined;
}

/** The two things that a signer asks of `ows`. */
export interface Ows {
  listWallets(): Promise<{ wallets: readonly ListedWallet[]; skipped: boolean }>;
  /** Signs with the wallet that has this id or exact name. The result is not verified. */
  sign(wallet: string, message: Uint8Array, secret: string | undefined): Promise<Uint8Array>;
}

/** Policies are programs too; they find their interpreters here. */
const path = '/usr/local/bin:/usr/bin:/bin';
const outputLimits = { list: 8 << 20, sign: 4 << 10 };

/** The command line of `ows`. The environment that it gets holds nothing else than what it needs. */
export function createOws(options: OwsOptions): Ows {
  const { command, home, timeoutMs, signal, onWarning } = options;
  const run = async (args: readonly string[], maxStdoutBytes: number, secret?: string): Promise<CommandResult> => {
    const env = { HOME: home, PATH: path, ...(secret === undefined ? {} : { OWS_PASSPHRASE: secret }) };
    const result = await runCommand({ command, args, env, timeoutMs, maxStdoutBytes, signal });
    if (result.exitCode !== 0) throw classifyFailure(result, secret);
    for (const line of result.stderr.split('\n')) {
      const warning = redact(line, secret);
      if (warning !== '') onWarning?.(`ows: ${warning}`);
    }
    return result;
  };
  return {
    async listWallets() {
      const { stdout, stderr } = await run(['wallet', 'list'], outputLimits.list);
      const wallets = parseWalletList(stdout);
      if (wallets.length === 0 && !/^No wallets found\.$/m.test(stdout)) throw notAList();
      return { wallets, skipped: saysSkipped(stderr) };
    },
    async sign(wallet, message, secret) {
      // `--name=value` keeps a leading dash from being read as an option; hex keeps everything else out of the way.
      const hex = Buffer.from(message).toString('hex');
      const text = [`--wallet=${wallet}`, '--chain=eip155:1', '--encoding=hex', `--message=${hex}`, '--json'];
      const { stdout } = await run(['sign', 'message', ...text], outputLimits.sign, secret);
      return parseSignature(stdout);
    },
  };
}

function notAList(): OwsSignerError {
  return new OwsSignerError({
    code: 'OWS_OUTPUT_INVALID',
    shortMessage: 'The signing command ended well, but did not print a list of wallets.',
    exitCode: 0,
  });
}
