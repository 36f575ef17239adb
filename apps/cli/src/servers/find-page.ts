import { isUp, readRunState } from '../team/run-state.ts';
import { portEnvironment } from '../team/server-environment.ts';
import { findTeamFile, requireTeamFile, teamPaths } from '../team/team-folder.ts';
import { chooseServer, type ServerChoice } from './choose-server.ts';
import { readPortToken } from './read-token.ts';
import type { KnownServer } from './types.ts';

interface Place {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * The server that has the page: of the agent that is named, of the team that is up, else of the only agent there is.
 * @throws CliError, as `chooseServer`
 */
export async function findPage(choice: ServerChoice, place: Place): Promise<KnownServer> {
  const file = choice.team === undefined ? findTeamFile(place.cwd) : requireTeamFile(place.cwd, choice.team);
  if (file !== null && choice.agent === undefined && choice.url === undefined) {
    const paths = teamPaths(file);
    const running = isUp(paths) ? readRunState(paths) : null;
    const port = running?.shared === true ? running.agents[0]?.port : running?.pagePort;
    if (port !== undefined && port !== null) return atPort(port, await portEnvironment({ paths, env: place.env }));
  }
  const server = await chooseServer(choice, place);
  const { origin, pathname, port } = new URL(server.url);
  // Behind a port of several agents, the port has the page.
  if (!pathname.startsWith('/agents/')) return server;
  const env = file === null ? place.env : await portEnvironment({ paths: teamPaths(file), env: place.env });
  return { ...atPort(Number(port), env), url: origin };
}

function atPort(port: number, env: Place['env']): KnownServer {
  return { name: 'the team', url: `http://127.0.0.1:${port}`, agent: null, address: null, token: readPortToken(env) };
}
