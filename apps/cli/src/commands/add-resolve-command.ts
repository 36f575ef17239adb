import { existsSync } from 'node:fs';
import { printable } from '@xmtp-messaging/errors';
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
    const { createEnsResolver, readEnvironment } = await import('@xmtp-messaging/ens-resolver');
    const verify = Boolean(env['ETH_RPC_URL']);
    const resolver = createEnsResolver(readEnvironment({ ...env, XMTP_HOSTS_FILE: hosts }, { verify }));
    const found = await print.progress('Resolving', async () => await resolver.resolve(name));
    print.value({ ok: true, ...found });
    const how = `${found.source}, ${found.verified ? 'verified' : 'not verified'}`;
    print.line(`${printable(found.name ?? found.address)}  ${found.address}  ${how}`);
  });
}
