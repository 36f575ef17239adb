import type { TeamFile } from './schema.ts';
import type { TeamAgent } from './types.ts';

/** Merges what an agent inherits: skills add up, and of each xmtp setting the nearest to the agent wins. */
export function mergeAgent(file: TeamFile, agent: TeamFile['agents'][number]): TeamAgent {
  const { defaults, xmtp: top } = file;
  const shared = defaults?.xmtp;
  return {
    name: agent.name,
    description: agent.description ?? null,
    skills: [...new Set([...(defaults?.skills ?? []), ...(agent.skills ?? [])])],
    xmtp: {
      openMode: agent.xmtp?.openMode ?? agent.openMode ?? shared?.openMode ?? top?.openMode ?? false,
      boundary: agent.xmtp?.boundary ?? shared?.boundary ?? top?.boundary ?? null,
      port: agent.xmtp?.port ?? null,
    },
  };
}
