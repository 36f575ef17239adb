import { printable } from '@xmtp-messaging/errors';
import completion from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { addBackupCommands } from './commands/add-backup-commands.ts';
import { addCheckCommand } from './commands/add-check-command.ts';
import { addConversationsCommand } from './commands/add-conversations-command.ts';
import { addDeadCommands } from './commands/add-dead-commands.ts';
import { addDeployCommand } from './commands/add-deploy-command.ts';
import { addHomeCommands } from './commands/add-home-commands.ts';
import { addInstallationsCommand } from './commands/add-installations-command.ts';
import { addListCommands } from './commands/add-list-commands.ts';
import { addMcpCommand } from './commands/add-mcp-command.ts';
import { addOpenCommand } from './commands/add-open-command.ts';
import { addResolveCommand } from './commands/add-resolve-command.ts';
import { addReadCommands } from './commands/add-read-commands.ts';
import { addSendCommands } from './commands/add-send-commands.ts';
import { addWalletCommands } from './commands/add-wallet-commands.ts';
import { addDoctorCommand } from './commands/add-doctor-command.ts';
import { addLogsCommand } from './commands/add-logs-command.ts';
import { addTeamCommands } from './commands/add-team-commands.ts';
import { addUpCommand } from './commands/add-up-command.ts';
import type { Context } from './commands/context.ts';
import { version } from './version.ts';
import { wantsJson } from './wants-json.ts';

const help = `
Servers are found by the team file here or above, else by the home folders of this user (~/.xmtp), else at port 4101.
Environment: XMTP_URL, XMTP_HOME, XMTP_API_TOKEN, XMTP_API_TOKEN_FILE, NO_COLOR.

Exit codes:
  0  done
  1  it did not work
  2  wrong arguments, or a fault in the team file
  3  no server is running
  4  wait: nothing came
  5  it may have been done: ask again with the same --key`;

/** The commands. */
export function createProgram(context: Context): Command {
  const { terminal } = context;
  const program = new Command('xmtp-messaging')
    .description('Encrypted mailboxes for a team of agents.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      // With --json the error object says it.
      writeErr: (text) => (wantsJson(terminal) ? undefined : terminal.stderr.write(printableLines(text))),
    })
    .showHelpAfterError('Run with --help for the arguments.')
    .showSuggestionAfterError()
    .addHelpText('after', help);
  addUpCommand(program, context);
  addTeamCommands(program, context);
  addDeployCommand(program, context);
  addLogsCommand(program, context);
  addDoctorCommand(program, context);
  addCheckCommand(program, context);
  addOpenCommand(program, context);
  addSendCommands(program, context);
  addReadCommands(program, context);
  addListCommands(program, context);
  addDeadCommands(program, context);
  addResolveCommand(program, context);
  addConversationsCommand(program, context);
  addWalletCommands(program, context);
  addHomeCommands(program, context);
  addBackupCommands(program, context);
  addInstallationsCommand(program, context);
  addMcpCommand(program, context);
  // Adds `complete`, which prints the script of a shell and answers it.
  completion(program);
  return program;
}

const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');
