import type { Command } from 'commander';
import { someOf } from '../output/some-of.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { createPrinter } from '../output/create-printer.ts';
import { showTeam } from '../output/show-team.ts';
import { homeServers } from '../servers/find-servers.ts';
import { readStatus } from '../servers/read-status.ts';
import { stopTeam } from '../team/stop-team.ts';
import { findTeamFile, requireTeamFile, teamPaths } from '../team/team-folder.ts';
import { teamRows } from '../team/team-rows.ts';
import { type Context, withJson } from './context.ts';

/** `status` and `down`. */
export function addTeamCommands(program: Command, context: Context): void {
  const { terminal } = context;
  const status = program
    .command('status')
    .argument('[team]', 'the team file (default: team.yaml here or above)')
    .description('how each agent of the team stands; without a team file, each server of this user')
    .addHelpText('after', '\nExits with 3 when no server answers, with 1 when one is not connected.');
  withJson(status).action(async (named: string | undefined, flags: { json: boolean }) => {
    const print = createPrinter(terminal, flags);
    const team = named === undefined ? findTeamFile(terminal.cwd) : requireTeamFile(terminal.cwd, named);
    const ofTeam = team === null ? [] : await teamRows(team, terminal.env);
    const single = async () => {
      const seen = await Promise.all(homeServers(terminal.env).map(async (server) => await readStatus(server)));
      // What died without taking its announcement back is not there.
      return seen.filter((one) => one.status !== null).map((one) => ({ ...one, process: null }));
    };
    const rows = ofTeam.length > 0 ? ofTeam : await single();
    showTeam(print, rows);
    if (rows.every((row) => row.status === null)) context.exitWith(exitCodes.notRunning);
    else if (rows.some((row) => row.status?.connected !== true)) context.exitWith(exitCodes.failed);
  });

  const down = program
    .command('down')
    .argument('[team]', 'the team file (default: team.yaml here or above)')
    .description('stop the servers of the team');
  withJson(down).action(async (named: string | undefined, flags: { json: boolean }) => {
    const print = createPrinter(terminal, flags);
    const paths = teamPaths(requireTeamFile(terminal.cwd, named));
    const stopped = await print.progress('Stopping the team', async () => await stopTeam(paths));
    if (stopped === null) throw new CliError({ code: 'NOT_RUNNING', shortMessage: 'This team is not up.' });
    print.value({ ok: true, stopped });
    print.line(stopped.length === 0 ? 'Stopped the team while it was starting.' : `Stopped ${someOf(stopped)}.`);
  });
}
