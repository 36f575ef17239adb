import { arch, platform } from 'node:os';
import { printable } from '@xmtp-messaging/errors';
import { type Command, Option } from 'commander';
import { nodeUrl } from '../doctor/check-network.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { createPrinter } from '../output/create-printer.ts';
import { findingLines } from '../output/finding-lines.ts';
import { version } from '../version.ts';
import { type Context, withJson } from './context.ts';

interface Flags {
  json: boolean;
  network: 'local' | 'dev' | 'production';
  url?: string;
  gateway?: string;
  name: string;
}

const help = `
Makes two wallets in a temporary folder, registers them, lets them talk (message, answer, file, group), asks who a name is, and when
the network retires; then revokes both installations and removes the folder. It takes about two minutes, and prints a table that can be
put into an issue: there is no secret in it. Ctrl-C ends it early, and takes everything back as well.
Environment: WEB3_BIO_URL, WEB3_BIO_API_KEY, ETH_RPC_URL, as for a server.`;

/** `check`: what only the real network can tell. */
export function addCheckCommand(program: Command, context: Context): void {
  const { terminal } = context;
  const check = program
    .command('check')
    .description('try a network from here, with two throw-away wallets')
    .addOption(new Option('--network <name>', 'which network').choices(['local', 'dev', 'production']).default('dev'))
    .option('--url <url>', 'node, instead of the one of the network')
    .option('--gateway <url>', 'gateway of the decentralised network')
    .option('--name <name>', 'a name that must be found', 'vitalik.eth')
    .addHelpText('after', help);
  withJson(check).action(async (flags: Flags) => {
    const print = createPrinter(terminal, flags);
    const place = placeOf(flags);
    const stop = new AbortController();
    const forget = terminal.onSignal(() => stop.abort());
    // Loaded when it is needed: it brings the SDK along.
    await import('@xmtp-messaging/glibc-compat/register');
    const { runCheck } = await import('../check/run-check.ts');
    const { formatReport } = await import('../check/format-report.ts');
    try {
      const { name } = flags;
      const results = await print.progress('Checking', async (say) => {
        const onResult: Parameters<typeof runCheck>[0]['onResult'] = (result) => {
          for (const line of findingLines(print, result)) print.line(line);
        };
        const { signal } = stop;
        return await runCheck({ place, env: terminal.env, name, signal, onStep: (step) => say(step), onResult });
      });
      const failed = results.some(({ level }) => level === 'fail');
      const facts = { version, node: process.versions.node, system: `${platform()}-${arch()}` };
      print.value({ ok: !failed, network: flags.network, url: place.url, ...facts, results });
      print.line();
      print.line(formatReport(place, results, facts));
      if (failed) context.exitWith(exitCodes.failed);
    } finally {
      forget();
    }
  });
}

function placeOf({ network: env, url: apiUrl, gateway: gatewayHost }: Flags) {
  const url = nodeUrl({ XMTP_ENV: env, XMTP_API_URL: apiUrl, XMTP_GATEWAY_HOST: gatewayHost });
  for (const said of [apiUrl, gatewayHost])
    if (said !== undefined && !(URL.canParse(said) && /^https?:$/u.test(new URL(said).protocol)))
      throw new CliError({ code: 'ARGUMENT_INVALID', shortMessage: `${printable(said)} is no URL of a node.` });
  if (url === null) throw new CliError({ code: 'ARGUMENT_INVALID' });
  return {
    url,
    network: {
      env,
      ...(apiUrl === undefined ? {} : { apiUrl }),
      ...(gatewayHost === undefined ? {} : { gatewayHost }),
    },
  };
}
