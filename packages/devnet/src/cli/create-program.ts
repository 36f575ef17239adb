import completion from '@bomb.sh/tab/commander';
import { printable, printableJson } from '@xmtp-messaging/errors';
import { packageVersion } from '@xmtp-messaging/errors/process';
import { Command, Option } from 'commander';
import { createDevnet } from '../create-devnet.ts';
import { formatCall } from './format-call.ts';
import { addChatCommand } from './add-chat-command.ts';
import { formatBanner } from './format-banner.ts';
import { report } from './report.ts';
import {
  type CliFlags,
  parseAccounts,
  parseCount,
  parsePort,
  parseRpc,
  parseSeconds,
  parseTlsName,
  parseTlsPort,
  toOptions,
} from './to-options.ts';

/** The command `xmtp-devnet`. It prints, listens for signals and exits; everything else is `createDevnet`. */
export function createProgram(): Command {
  const program = new Command('xmtp-devnet')
    .description('A local XMTP network in one process.')
    // What stands behind `chat` is for it.
    .enablePositionalOptions()
    .option('--d14n', "the decentralised network instead of V3: short for '--protocol d14n'")
    .addOption(new Option('--protocol <name>', 'which network, or both over one store').choices(['v3', 'd14n', 'both']))
    .option('--nodes <number>', 'nodes of the decentralised network, 1 to 9', parseCount, 1)
    .option('--accounts <number>', 'ready accounts to print, those of Anvil and Hardhat', parseAccounts, 10)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'gRPC, for the Node SDK; 0 picks a free one', parsePort, 5556)
    .option('--web-port <number>', 'gRPC-Web, for the browser SDK (default: the next port)', parsePort)
    .option('--history-port <number>', 'history, /status and /faults (default: the one after)', parsePort)
    .option('--node-port <number>', 'first node of the decentralised network (default: the fourth after)', parsePort)
    .option(
      '--toxiproxy [port]',
      "toxiproxy's HTTP interface (default port: 8475), XMTP's proxies on 6010 to 6030",
      parsePort,
    )
    .option('--echo', 'a bot that answers each direct message with the same text; needs @xmtp/node-sdk')
    .option('--tls <folder>', 'all of it with TLS too; the folder keeps the certificates')
    .option('--tls-port <port>', 'port for that, may be repeated (default: 5443)', parseTlsPort)
    .option('--tls-name <host>', 'a further name for the certificate, may be repeated', parseTlsName)
    .option('--data <folder>', 'keep everything in this folder; without it, in memory')
    .option('--state <file>', 'load everything from this file if it is there, and write it when the network ends')
    .option('--load-state <file>', 'load everything from this file')
    .option('--dump-state <file>', 'write everything to this file when the network ends')
    .option('--state-interval <seconds>', 'write that file this often too', parseSeconds)
    .option('--faults <json|file>', 'what goes wrong from the start')
    .addOption(new Option('--limits <name>', 'the limits of the real network').choices(['production']))
    .option('--rpc <chainId=url>', 'chain to check contract wallets against; may be repeated', parseRpc, {})
    .option('--verbose', 'print every call when it ends')
    .option('--json', 'print events as JSON lines instead of text')
    .version(packageVersion(import.meta.url), '--version')
    .configureOutput({ writeErr: (text) => process.stderr.write(printable(text)) })
    .action(run);
  addChatCommand(program);
  // Adds `complete`, which prints the script of a shell and answers it.
  completion(program);
  program.commands.find((command) => command.name() === 'complete')?.alias('completion');
  return program;
}

async function run(flags: CliFlags): Promise<void> {
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const json = flags.json === true;
  try {
    const network = await createDevnet({
      ...toOptions(flags),
      onCall: flags.verbose === true ? (entry) => print(formatCall(entry, json)) : undefined,
      onError: (error) =>
        void process.stderr.write(`${printable(String((error instanceof Error && error.stack) || error))}\n`),
    });
    const { url, webUrl, historyUrl, gatewayUrl, nodes, toxiproxyUrl, tlsUrl, caFile, echoAddress } = network;
    const accounts = network.accounts.map(({ address, privateKey }) => ({ address, privateKey }));
    const facts = { url, webUrl, historyUrl, gatewayUrl, nodes, toxiproxyUrl, tlsUrl, caFile, echoAddress, accounts };
    print(
      json
        ? printableJson({ event: 'ready', ...facts, port: network.port, pid: process.pid })
        : printable(formatBanner({ ...facts, dataDir: flags.data })),
    );
    const stop = () => void network.close().catch(report);
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    report(error);
  }
}
