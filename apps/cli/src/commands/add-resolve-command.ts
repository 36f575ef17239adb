import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { parseJson, printable } from '@xmtp-messaging/errors';
import type { Command } from 'commander';
import { createPrinter } from '../output/create-printer.ts';
import { findTeamFile, requireTeamFile, teamPaths } from '../team/team-folder.ts';
import { type Context, withJson } from './context.ts';

type Flags = { json: boolean; team?: string };

/** `resolve`: which address a name leads to, and who says so. It needs no server. */
export function addResolveCommand(program: Command, { terminal }: Context): void {
  const resolve = program
    .command('resolve')
    .argument('<name>', 'ENS name, address, or member of the team')
    .description('which address a name leads to, and who says so')
    .option('-t, --team <file>', 'team file (default: team.yaml here or above)');
  withJson(resolve).action(async (name: string, flags: Flags) => {
    const { env, cwd } = terminal;
    const print = createPrinter(terminal, flags);
    const team = flags.team === undefined ? findTeamFile(cwd) : requireTeamFile(cwd, flags.team);
    const members = team === null ? undefined : teamPaths(team).hosts;
    const hosts = env['XMTP_HOSTS_FILE'] || (members !== undefined && existsSync(members) ? members : undefined);
    const { createEnsResolver } = await import('@xmtp-messaging/ens-resolver');
    const rpc = ['RPC_URL', 'RPC_URL_BASE'].flatMap((key) => (env[key] ? [[key, env[key]]] : []));
    const resolver = createEnsResolver({
      hosts: hosts === undefined ? undefined : { path: hosts },
      idCli: { command: commandOf(env['ID_CLI_COMMAND']), searchPath: env['PATH'], env: Object.fromEntries(rpc) },
      web3bio: { baseUrl: env['WEB3_BIO_URL'] || undefined, apiKey: env['WEB3_BIO_API_KEY'] || undefined },
      onchain: env['ETH_RPC_URL'] ? { rpcUrl: env['ETH_RPC_URL'] } : undefined,
      verify: Boolean(env['ETH_RPC_URL']),
    });
    const found = await print.progress('Resolving', async () => await resolver.resolve(name));
    print.value({ ok: true, ...found });
    const how = `${found.source}, ${found.verified ? 'verified' : 'not verified'}`;
    print.line(`${printable(found.name ?? found.address)}  ${found.address}  ${how}`);
  });
}

function commandOf(text: string | undefined): [string, ...string[]] | undefined {
  if (!text) return undefined;
  const parsed: unknown = isAbsolute(text) || !text.startsWith('[') ? [text] : parseJson(text);
  return Array.isArray(parsed) && parsed.length > 0 ? (parsed.map(String) as [string, ...string[]]) : undefined;
}
