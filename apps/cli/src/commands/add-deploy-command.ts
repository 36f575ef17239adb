import { printable } from '@xmtp-messaging/errors';
import { deploy } from '@xmtp-messaging/skill';
import type { Command } from 'commander';
import { createPrinter } from '../output/create-printer.ts';
import { formatTable } from '../output/format-table.ts';
import { requireTeamFile } from '../team/team-folder.ts';
import { type Context, withJson } from './context.ts';

/** `deploy`: the skill and the settings of each agent, without starting anything. */
export function addDeployCommand(program: Command, { terminal }: Context): void {
  const command = program
    .command('deploy')
    .argument('[team]', 'the team file (default: team.yaml here or above)')
    .option('-a, --agent <name>', 'only this agent')
    .option('--shared', 'for one process that serves all agents (default: what the team file says)')
    .option('--no-shared', 'for a process for each agent')
    .option('--dry-run', 'write nothing', false)
    .description('write the skill and the settings of each agent; `up` does so by itself');
  withJson(command).action(
    async (named: string | undefined, flags: { json: boolean; agent?: string; shared?: boolean; dryRun: boolean }) => {
      const print = createPrinter(terminal, flags);
      const team = requireTeamFile(terminal.cwd, named);
      const { agent: only, shared, dryRun } = flags;
      const report = await deploy({ team, agent: only, shared, dryRun, env: terminal.env });
      print.value({ ok: true, ...report });
      print.line(
        formatTable(report.agents, [
          { heading: 'AGENT', cell: ({ name }) => name },
          {
            heading: 'OUTCOME',
            cell: ({ outcome }) => (flags.dryRun && outcome === 'deployed' ? 'would be deployed' : outcome),
          },
          { heading: 'PORT', cell: (agent) => (agent.outcome === 'deployed' ? agent.port : null) },
        ]),
      );
      for (const warning of report.warnings) print.note(printable(warning));
    },
  );
}
