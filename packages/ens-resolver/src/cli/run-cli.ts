import { printable } from '@xmtp-messaging/errors';
import { packageVersion } from '@xmtp-messaging/errors/process';
import { Command, CommanderError, Option } from 'commander';
import type { EnsResolver, ResolveOptions } from '../compose-resolver.ts';
import { createEnsResolver } from '../create-ens-resolver.ts';
import { invalidOption } from '../options.ts';
import { ResolveError } from '../errors.ts';
import type { BatchResult } from '../resolve-many.ts';
import { exitCodeOf, exitCodes } from './exit-code-of.ts';
import { formatJson, formatText } from './format-result.ts';
import { type CliFlags, readEnvironment, sourceNames } from './read-environment.ts';

/** What the program gets from its process. */
export interface CliEnvironment {
  /** Arguments without the program's name. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Writes one line of results. */
  print: (line: string) => void;
  /** Writes one line of trouble. */
  printError: (line: string) => void;
  signal: AbortSignal;
}

const help = `
Names ending in .xid.eth are asked of id-cli, or where it is not installed of the registry through XID_RPC_URL;
other .eth names of web3.bio, local names of the hosts file.

Environment:
  XMTP_HOSTS_FILE   YAML file of local names
  ID_CLI_COMMAND    absolute path of id-cli, or a JSON array of program and arguments
  WEB3_BIO_URL, WEB3_BIO_API_KEY
  ETH_RPC_URL       Ethereum node, for --source onchain and --verify
  XID_RPC_URL       Base node that the registry of xid.eth is read from (XID_RPC_URL_ETH, _OP, _ARB for names with such
                    a label, XID_REGISTRY for another contract)
  RPC_URL, RPC_URL_BASE, proxy settings: passed on to id-cli

Exit codes (with several names, the first failure decides):
  0  every name has an address
  1  a source failed, refused, or gave an answer that cannot be trusted
  2  the command line, the settings, or a name or address is wrong
  3  the name is not registered
  4  the name is registered and has no Ethereum address
  5  the source and the chain give different answers
  6  the name leads to another address than the pinned one`;

interface RunFlags {
  json?: boolean;
  fresh?: boolean;
  pinned?: string;
}

async function resolveOne(
  resolver: EnsResolver,
  names: readonly string[],
  options: ResolveOptions,
): Promise<BatchResult> {
  const [input] = names;
  if (input === undefined || names.length !== 1) throw invalidOption('--pinned takes one name.');
  try {
    return { ok: true, input, resolution: await resolver.resolve(input, options) };
  } catch (error) {
    if (error instanceof ResolveError && error.code !== 'ABORTED') return { ok: false, input, error };
    throw error;
  }
}

/** Runs the program. @returns Its exit code. */
export async function runCli({ args, env, print, printError, signal }: CliEnvironment): Promise<number> {
  const command = new Command('ens-resolver')
    .description('Resolves ENS names to Ethereum addresses, and says who answered.')
    .version(packageVersion(import.meta.url), '--version')
    .argument('<names...>', 'ENS names or 0x addresses')
    .option('--json', 'print one JSON object per name')
    .option('--fresh', 'do not use cached answers (nothing is kept between runs)')
    .option('--pinned <address>', 'fail unless the one name given still leads to this address')
    .option('--verify', 'accept only what the chain confirms')
    .addOption(new Option('--source <source>', 'ask this source only').choices(sourceNames))
    .addHelpText('after', help)
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => printError(printable(text.trimEnd())),
    })
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const { json = false, fresh, pinned, ...flags } = command.opts<CliFlags & RunFlags>();
    const resolver = createEnsResolver(readEnvironment(env, flags));
    const results =
      pinned === undefined
        ? await resolver.resolveMany(command.args, { fresh, signal })
        : [await resolveOne(resolver, command.args, { pinned, fresh, signal })];
    for (const result of results) {
      if (json) print(formatJson(result));
      else (result.ok ? print : printError)(formatText(result));
    }
    const failure = results.find((result) => !result.ok);
    return failure === undefined ? exitCodes.ok : exitCodeOf(failure.error.code);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.input;
    if (!(error instanceof ResolveError)) throw error;
    printError(`${error.code}: ${error.message}`);
    return exitCodeOf(error.code);
  }
}
