import { isBaseError, printable, printableJson } from '@xmtp-messaging/errors';
import { packageVersion } from '@xmtp-messaging/errors/process';
import { Command, CommanderError } from 'commander';
import { deploy } from './deploy.ts';
import { formatReport } from './format-report.ts';
import { addHostOptions, type HostFlags } from './host-options.ts';

/** What the program touches of its process. */
export interface RunCliOptions {
  /** Without the program's own name. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  print: (text: string) => void;
  printError: (text: string) => void;
}

/** 0: done, also when agents were skipped. 1: the team file, a .env file or a folder is at fault. 2: wrong arguments. */
export type ExitCode = 0 | 1 | 2;

interface Flags extends HostFlags {
  agent?: string;
  dryRun: boolean;
  json: boolean;
}

const help = `
The wallet of an agent is OWS_WALLET from .env.NAME, then .env beside the team file, then the environment.
An agent without a wallet, or without xmtp among its skills, is skipped, and what an earlier deployment wrote for it is removed.

Files, beside the team file:
  .agents/NAME/skills/xmtp/SKILL.md   how the agent uses its mailbox
  .agents/NAME/xmtp.env               settings of the agent's server; no secrets

With --for, the skill also where these look, in the folder in which the agent runs: that of the team file, or .agents/NAME
where the team has several agents; xmtp.workspace of the team file names another.
  claude                   .claude/skills/xmtp    --mcp: .mcp.json
  codex                    .agents/skills/xmtp    --mcp: .codex/config.toml
  cursor                   .agents/skills/xmtp    --mcp: .cursor/mcp.json
  generic                  .agents/skills/xmtp    --mcp: .mcp.json
  openclaw                 skills/xmtp            --mcp: prints the command that adds it

Exit codes:
  0  done, also when agents were skipped
  1  the team file, a .env file or a folder is at fault
  2  wrong arguments`;

/** Runs the program. */
export async function runCli(options: RunCliOptions): Promise<ExitCode> {
  const { args, env, print, printError } = options;
  let exitCode: ExitCode = 0;
  const program = new Command('skill')
    .description("Deploys the xmtp skill to a team's agents.")
    .version(packageVersion(import.meta.url), '--version')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: (text) => printError(printable(text)) })
    .showHelpAfterError('Run with --help for the arguments.');
  const command = program
    .command('deploy')
    .description('write SKILL.md and server settings for each agent that has the xmtp skill and a wallet')
    .argument('<team>', 'the team file, such as team.yaml')
    .option('--agent <name>', 'deploy this agent only')
    .option('--dry-run', 'check everything and say what would change, but write nothing', false)
    .option('--json', 'print the report, or the error, as JSON', false)
    .addHelpText('after', help);
  addHostOptions(command).action(async (team: string, { json, ...flags }: Flags) => {
    try {
      const report = await deploy({ team, ...flags, env });
      print(json ? toJson({ ok: true, ...report }) : formatReport(report));
    } catch (error) {
      if (!isBaseError(error)) throw error;
      exitCode = 1;
      if (json) print(toJson({ ok: false, error: describe(error) }));
      else printError(`${printable(error.message)}\n`);
    }
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

function describe(error: Error & { code: string; shortMessage: string; metaMessages: readonly string[] }): object {
  const issues = 'issues' in error ? { issues: error.issues } : {};
  return { code: error.code, message: error.shortMessage, details: error.metaMessages, ...issues };
}

function toJson(value: object): string {
  return `${printableJson(value, 2)}\n`;
}
