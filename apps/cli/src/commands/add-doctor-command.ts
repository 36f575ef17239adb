import type { Command } from 'commander';
import { printable } from '@xmtp-messaging/errors';
import { checkMachine, machineFacts } from '../doctor/check-machine.ts';
import { examineAgent } from '../doctor/examine-agent.ts';
import type { Finding } from '../doctor/types.ts';
import { exitCodes } from '../exit-codes.ts';
import { createPrinter } from '../output/create-printer.ts';
import { findingLines } from '../output/finding-lines.ts';
import { chooseServer, knownServers, type ServerChoice } from '../servers/choose-server.ts';
import { serverEnvironment } from '../team/server-environment.ts';
import { findTeamFile, requireTeamFile, teamPaths } from '../team/team-folder.ts';
import { type Context, withServer } from './context.ts';

type Flags = ServerChoice & { json: boolean; fix: boolean };

const help = `
Looks at Node, glibc, the XMTP binding, ows and the wallet, id-cli, the network and the clock, files and their modes, lists, the journal,
the lock, the disk and the port, and says what to do. --fix mends what is safe: modes of files, and what a killed server left behind.
Exits with 1 when something fails; warnings alone are no failure.`;

/** `doctor`: what is wrong, and what to do. */
export function addDoctorCommand(program: Command, context: Context): void {
  const { terminal } = context;
  const doctor = program
    .command('doctor')
    .description('find out what is wrong, and what to do')
    .option('--fix', 'mend what is safe to mend', false)
    .addHelpText('after', help);
  withServer(doctor).action(async (flags: Flags) => {
    const print = createPrinter(terminal, flags);
    const groups = await print.progress('Looking', async () => {
      const machine = checkMachine(machineFacts());
      const team = flags.team === undefined ? findTeamFile(terminal.cwd) : requireTeamFile(terminal.cwd, flags.team);
      const servers = flags.agent === undefined && flags.url === undefined ? await knownServers(flags, terminal) : [];
      const chosen = servers.length > 0 ? servers : [await chooseServer(flags, terminal)];
      const agents: { name: string; findings: Finding[] }[] = [];
      for (const server of chosen) {
        const { name } = server;
        const said =
          team === null ? terminal.env : await serverEnvironment(name, { paths: teamPaths(team), env: terminal.env });
        // A server that announced itself says which wallet it is; the shell may not.
        const env = said['OWS_WALLET'] || server.address === null ? said : { ...said, OWS_WALLET: name };
        agents.push({ name, findings: await examineAgent({ name, env, fix: flags.fix }, server) });
      }
      return [{ name: 'this machine', findings: machine }, ...agents];
    });
    const all = groups.flatMap(({ findings }) => findings);
    const failed = all.some(({ level, fixed }) => level === 'fail' && fixed !== true);
    print.value({ ok: !failed, groups });
    for (const { name, findings } of groups) {
      print.line(print.style('bold', printable(name)));
      for (const finding of findings) for (const line of findingLines(print, finding)) print.line(line);
    }
    if (failed) context.exitWith(exitCodes.failed);
  });
}
