import { type Command, Option } from 'commander';
import { createPrinter, type Printer } from '../output/create-printer.ts';
import { chooseServer, type ServerChoice } from '../servers/choose-server.ts';
import { createMailboxClient, type MailboxClient } from '../servers/create-mailbox-client.ts';
import type { Terminal } from '../terminal.ts';

/** What each command works with. */
export interface Context {
  terminal: Terminal;
  /** Ends the program with this code, once it has done its work. */
  exitWith(code: number): void;
}

/** A command that prints for people, and with `--json` for programs. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON', false);
}

/** A command about the one server that it finds, or is told. */
export function withServer(command: Command): Command {
  return withJson(command)
    .option('-a, --agent <name>', 'agent of the team, wallet or address')
    .option('-t, --team <file>', 'team file (default: team.yaml here or above)')
    .addOption(new Option('--url <url>', 'URL of the server').env('XMTP_URL'));
}

/** Options of `withServer`. */
export interface ServerFlags extends ServerChoice {
  json: boolean;
}

/** Finds the server that a command is for. @throws CliError */
export async function serverOf(
  { terminal }: Context,
  flags: ServerFlags,
): Promise<{ client: MailboxClient; print: Printer }> {
  const print = createPrinter(terminal, flags);
  const server = await chooseServer(flags, terminal);
  return { client: createMailboxClient(server), print };
}
