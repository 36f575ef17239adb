import { InvalidArgumentError, type Command } from 'commander';
import { parseJson } from '@xmtp-messaging/errors';
import { createLogFormatter } from '@xmtp-messaging/server/log-format';
import { someOf } from '../output/some-of.ts';
import { CliError } from '../errors.ts';
import { createPrinter, hasColour, type Printer } from '../output/create-printer.ts';
import { ofAll } from '../team/run-shared.ts';
import { readTeam, requireTeamFile, teamPaths } from '../team/team-folder.ts';
import { tailLog } from '../team/tail-log.ts';
import { type Context, withJson } from './context.ts';

interface Flags {
  team?: string;
  follow: boolean;
  lines: number;
  json: boolean;
}

/** `logs`: what the servers of the team printed. */
export function addLogsCommand(program: Command, { terminal }: Context): void {
  const logs = program
    .command('logs')
    .argument('[agents...]', 'agents (default: all)')
    .description('what the servers of the team printed')
    .option('-t, --team <file>', 'team file (default: team.yaml here or above)')
    .option('-f, --follow', 'go on', false)
    .option('-n, --lines <count>', 'last lines of each', count, 50);
  withJson(logs).action(async (wanted: string[], flags: Flags) => {
    const print = createPrinter(terminal, flags);
    const team = requireTeamFile(terminal.cwd, flags.team);
    const paths = teamPaths(team);
    const names = (await readTeam(team)).agents.map(({ name }) => name);
    const unknown = wanted.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new CliError({ code: 'AGENT_UNKNOWN', metaMessages: [`The agents are: ${someOf(names)}.`] });
    const chosen = wanted.length > 0 ? wanted : [...names, ofAll];
    const logOf = (name: string) => (name === ofAll ? paths.serverLog : paths.log(name));
    const format = createLogFormatter({ colour: hasColour(terminal.stdout, terminal.env) });
    const width = Math.max(...chosen.map((name) => name.length));
    const show = (name: string) => (line: string) => showLine(print, { name, width, line, format });
    const stop = new AbortController();
    const off = terminal.onSignal(() => stop.abort());
    try {
      const reading = chosen.map(
        async (name) => await tailLog(logOf(name), { ...flags, onLine: show(name), signal: stop.signal }),
      );
      await Promise.all(reading);
    } finally {
      off();
    }
  });
}

function showLine(
  print: Printer,
  { name, width, line, format }: { name: string; width: number; line: string; format: (line: string) => string },
): void {
  const said = print.json ? parseJson(line) : null;
  print.record({ agent: name, ...(typeof said === 'object' && said !== null ? said : { line }) });
  print.line(`${print.style('cyan', name.padEnd(width))}  ${format(line)}`);
}

function count(text: string): number {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
