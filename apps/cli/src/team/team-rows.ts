import type { StatusRow } from '../output/format-status.ts';
import { readStatus } from '../servers/read-status.ts';
import { teamServers } from '../servers/find-servers.ts';
import { isUp, readRunState } from './run-state.ts';
import { teamPaths } from './team-folder.ts';

/** How each agent of a team stands now. @throws TeamConfigError, CliError TEAM_NOT_FOUND, FileError */
export async function teamRows(team: string, env = process.env): Promise<StatusRow[]> {
  const paths = teamPaths(team);
  const running = isUp(paths) ? readRunState(paths) : null;
  const servers = await teamServers(team, env);
  const seen = servers.map(async (server) => ({
    ...(await readStatus(server)),
    process: running?.agents.find(({ name }) => name === server.name) ?? null,
  }));
  return await Promise.all(seen);
}
