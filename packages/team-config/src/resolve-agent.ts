import { quoteInput } from '@xmtp-messaging/errors';
import { TeamConfigError } from './errors.ts';
import type { TeamAgent, TeamConfig } from './types.ts';

/** The agent of this name. @throws TeamConfigError UNKNOWN_AGENT, which lists the names there are. */
export function resolveAgent(team: TeamConfig, name: string): TeamAgent {
  const agent = team.agents.find((each) => each.name === name);
  if (agent) return agent;
  const names = team.agents.map((each) => each.name).join(', ');
  throw new TeamConfigError({
    code: 'UNKNOWN_AGENT',
    shortMessage: `The team has no agent named ${quoteInput(name)}.`,
    metaMessages: [names === '' ? 'It has no agents at all.' : `Its agents are: ${names}.`],
  });
}
