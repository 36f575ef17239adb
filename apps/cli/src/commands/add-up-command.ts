import type { Command } from 'commander';
import { printable } from '@xmtp-messaging/errors';
import { someOf } from '../output/some-of.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { agrees } from '../output/agrees.ts';
import { createPrinter, type Printer } from '../output/create-printer.ts';
import { openTeamView } from '../output/open-team-view.ts';
import { showTeam } from '../output/show-team.ts';
import { detachTeam } from '../team/detach-team.ts';
import { type PreparedTeam, prepareTeam } from '../team/prepare-team.ts';
import { portEnvironment } from '../team/server-environment.ts';
import { lockTeam } from '../team/run-state.ts';
import { runTeam } from '../team/run-team.ts';
import { requireTeamFile, type TeamPaths, teamPaths } from '../team/team-folder.ts';
import type { Terminal } from '../terminal.ts';
import { type Context, withJson } from './context.ts';

interface Flags {
  yes: boolean;
  detach: boolean;
  shared?: boolean;
  json: boolean;
}

const help = `
Makes what is missing (wallets, skills, settings, ports), then runs one server for each agent of the team, starts again those that
end, and shows their logs. Ctrl-C stops them all. Wallets that it makes have no passphrase: for anything of worth make your own.`;

/** `up`: from a team file to a team that talks. */
export function addUpCommand(program: Command, context: Context): void {
  const command = program
    .command('up')
    .argument('[team]', 'the team file (default: team.yaml here or above)')
    .description('start a server for each agent of the team')
    .option('-y, --yes', 'make missing wallets without asking', false)
    .option('-d, --detach', 'return when the team is up, and let it run', false)
    .option('--shared', 'one process for all agents, behind one port (default: what the team file says)')
    .option('--no-shared', 'a process for each agent')
    .addHelpText('after', help);
  withJson(command).action(async (named: string | undefined, flags: Flags) => {
    const { terminal } = context;
    const print = createPrinter(terminal, flags);
    const team = requireTeamFile(terminal.cwd, named);
    const paths = teamPaths(team);
    // Two that make the same wallets at once would make each twice.
    const unlock = lockTeam(paths);
    if (unlock === null) throw new CliError({ code: 'ALREADY_UP' });
    let prepared: PreparedTeam;
    try {
      prepared = await prepare(team, { terminal, print, flags });
      if (!flags.detach) return await runInFront(prepared, { context, print, paths });
    } finally {
      unlock();
    }
    const rows = await print.progress(
      'Starting the team',
      async () => await detachTeam({ team, paths, shared: prepared.portEnv !== null }),
    );
    showTeam(print, rows);
    if (rows.some(({ status }) => status?.connected !== true)) context.exitWith(exitCodes.failed);
  });
}

/** @throws CliError WALLET_MISSING; what `prepareTeam` throws */
async function prepare(
  team: string,
  { terminal, print, flags }: { terminal: Terminal; print: Printer; flags: Flags },
): Promise<PreparedTeam> {
  const prepared = await print.progress('Reading the team file', async (say) => {
    return await prepareTeam({
      team,
      env: terminal.env,
      shared: flags.shared,
      say,
      mayCreate: (wallets) => mayCreate(terminal, { wallets, yes: flags.yes }),
    });
  });
  const { created, report, members } = prepared;
  for (const wallet of created) print.note(`Made the wallet ${printable(wallet)}, without a passphrase.`);
  for (const warning of report.warnings) print.note(`Warning: ${printable(warning)}`);
  for (const agent of report.agents)
    if (agent.outcome === 'skipped') print.note(printable(`${agent.name}: skipped. ${agent.message}`));
  if (members.length > 0) return prepared;
  throw new CliError({
    code: 'WALLET_MISSING',
    shortMessage: 'No agent of the team has both the xmtp skill and a wallet.',
    metaMessages: ['List xmtp under skills, and set env.OWS_WALLET under defaults, such as ${name}-wallet.'],
  });
}

/** Runs the team until somebody stops it; a second time stops it at once. */
async function runInFront(
  { members, portEnv }: PreparedTeam,
  { context, print, paths }: { context: Context; print: Printer; paths: TeamPaths },
): Promise<void> {
  const { terminal } = context;
  const view = openTeamView(terminal, print);
  const stop = new AbortController();
  const hurry = new AbortController();
  const off = terminal.onSignal(() => (stop.signal.aborted ? hurry.abort() : stop.abort()));
  try {
    await runTeam({
      members,
      paths,
      portEnv,
      env: await portEnvironment({ paths, env: terminal.env }),
      ...view,
      signal: stop.signal,
      hurry: hurry.signal,
    });
  } finally {
    view.close();
    off();
  }
  if (hurry.signal.aborted) context.exitWith(exitCodes.failed);
}

async function mayCreate(
  terminal: Context['terminal'],
  { wallets, yes }: { wallets: readonly string[]; yes: boolean },
): Promise<boolean> {
  if (yes) return true;
  const question = `The OWS vault has no wallet ${someOf(wallets.map(printable))}. Make ${wallets.length === 1 ? 'it' : 'them'}, without a passphrase? [y/N] `;
  return await agrees(terminal, question);
}
