import type { AgentReport, DeployedFile, DeployReport } from './types.ts';

/** A report for people. */
export function formatReport(report: DeployReport): string {
  const { team, dryRun, agents, warnings } = report;
  const lines = [
    `${team === null ? 'Team' : `Team ${team}`}: ${count(agents, 'deployed')} deployed, ${count(agents, 'skipped')} skipped.${dryRun ? ' Dry run: nothing was written.' : ''}`,
    '',
    ...agents.flatMap((agent) => formatAgent(agent, dryRun)),
  ];
  const first = agents.find(({ outcome }) => outcome === 'deployed');
  if (warnings.length > 0) lines.push('', ...warnings.map((warning) => `Warning: ${warning}`));
  if (first && !dryRun) {
    lines.push('', 'Start all of them with `npx @xmtp-messaging/cli up`, or one with its settings:');
    lines.push(`  (set -a; . ./.agents/${first.name}/xmtp.env; npx @xmtp-messaging/server)`);
  }
  return `${lines.join('\n')}\n`;
}

function formatAgent(agent: AgentReport, dryRun: boolean): string[] {
  const heading =
    agent.outcome === 'skipped'
      ? `${agent.name}: skipped. ${agent.message}`
      : `${agent.name}: ${agent.mode} mode, port ${agent.port}, wallet ${agent.wallet.name} (from ${sourceName(agent.wallet.source)})`;
  return [heading, ...agent.files.map((file) => `  ${formatState(file, dryRun)} ${file.path}`)];
}

function formatState({ state }: DeployedFile, dryRun: boolean): string {
  return (dryRun && state !== 'unchanged' ? `would be ${state}` : state).padEnd(dryRun ? 16 : 9);
}

const sourceName = (source: string) => (source.includes('.') ? source : `the ${source}`);

const count = (agents: readonly AgentReport[], outcome: AgentReport['outcome']) =>
  agents.filter((agent) => agent.outcome === outcome).length;
