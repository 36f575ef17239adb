import { agentSettings, type DeployReport } from '@xmtp-messaging/skill';
import { resolveAgent, type TeamConfig } from '@xmtp-messaging/team-config';
import { type PlannedAgent, planTargets } from './plan-targets.ts';
import type { TeamPlan } from './types.ts';

/** The plan of a team whose skills are deployed, in the order of the team file. */
export function planTeam(
  config: TeamConfig,
  { report, metrics }: { report: DeployReport; metrics: boolean },
): TeamPlan {
  const agents = report.agents.flatMap((agent): PlannedAgent[] => {
    if (agent.outcome !== 'deployed') return [];
    const { name, port, wallet } = agent;
    return [{ name, port, settings: agentSettings(resolveAgent(config, name), { wallet: wallet.name, place: agent }) }];
  });
  return planTargets({ team: config.team, agents, shared: report.shared, metrics });
}
