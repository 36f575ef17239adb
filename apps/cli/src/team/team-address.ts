import { readRunState } from './run-state.ts';
import { teamPaths } from './team-folder.ts';

/** The address of a member of a team that is up; `null` when there is no such member. */
export function teamAddress(team: string, name: string): string | null {
  return readRunState(teamPaths(team))?.agents.find((agent) => agent.name === name)?.address ?? null;
}
