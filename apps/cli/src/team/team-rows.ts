import type { StatusRow } from '../output/format-status.ts';
import { readStatus } from '../servers/read-status.ts';
import { readPort } from '../servers/read-port.ts';
import { readPortToken } from '../servers/read-token.ts';
import type { KnownServer } from '../servers/types.ts';
import { teamServers } from '../servers/find-servers.ts';
import { isUp, readRunState } from './run-state.ts';
import { portEnvironment } from './server-environment.ts';
import { teamPaths } from './team-folder.ts';

/** How each agent of a team stands now. @throws TeamConfigError, CliError TEAM_NOT_FOUND, FileError */
export async function teamRows(team: string, env = process.env): Promise<StatusRow[]> {
  const paths = teamPaths(team);
  const running = isUp(paths) ? readRunState(paths) : null;
  const servers = await teamServers(team, env);
  const views = running?.shared === true ? await readViews(servers, await portEnvironment({ paths, env })) : null;
  const seen = servers.map(async (server) => {
    const view = views?.get(server.name);
    const process = running?.agents.find(({ name }) => name === server.name) ?? null;
    return view === undefined
      ? { ...(await readStatus(server)), process }
      : { server, status: view.status, why: null, process };
  });
  return await Promise.all(seen);
}

/** One question for all: a thousand at once would be more than the port takes. */
async function readViews([first]: readonly KnownServer[], env: Record<string, string>) {
  return first === undefined ? null : await readPort({ url: new URL(first.url).origin, token: readPortToken(env) });
}
