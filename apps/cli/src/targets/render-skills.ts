import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeployReport, renderSkill } from '@xmtp-messaging/skill';
import { resolveAgent, type TeamConfig } from '@xmtp-messaging/team-config';
import type { RenderedFile, TargetName, TeamPlan } from './types.ts';

/** Where a service is reached by its name, and not on the machine of whoever calls. */
const named: readonly TargetName[] = ['compose', 'kubernetes', 'helm'];

/**
 * The SKILL.md of each agent as it is right beside the servers: with the name of the service, where the one beside the team file has localhost.
 * @param options.out Folder of the rendered files; what is there of a skill keeps the end of its here-documents.
 */
export async function renderSkills(
  config: TeamConfig,
  { target, plan, report, out }: { target: TargetName; plan: TeamPlan; report: DeployReport; out: string },
): Promise<RenderedFile[]> {
  if (!named.includes(target)) return [];
  const files = report.agents.map(async (agent): Promise<RenderedFile[]> => {
    const workload = plan.workloads.find(({ name }) => name === agent.name) ?? plan.workloads[0];
    if (agent.outcome !== 'deployed' || workload === undefined) return [];
    const path = `skills/${agent.name}/xmtp/SKILL.md`;
    const present = await readFile(join(out, path), 'utf8').catch(() => null);
    const base = `http://${workload.slug}:${workload.port}${agent.basePath}`;
    return [{ path, text: renderSkill(resolveAgent(config, agent.name), { present, base, id: agent.id }) }];
  });
  return (await Promise.all(files)).flat();
}
