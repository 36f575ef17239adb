import { quoteInput } from '@xmtp-messaging/errors';
import { CliError } from '../errors.ts';
import { someOf } from '../output/some-of.ts';
import { findTeamFile, requireTeamFile } from '../team/team-folder.ts';
import { homeServers, teamServers } from './find-servers.ts';
import { readToken } from './read-token.ts';
import type { KnownServer } from './types.ts';

/** How a server is chosen on the command line. */
export interface ServerChoice {
  url?: string | undefined;
  agent?: string | undefined;
  team?: string | undefined;
}

interface Place {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** All servers that this place knows of: of the team file, else of the homes of this user. */
export async function knownServers(choice: ServerChoice, { cwd, env }: Place): Promise<KnownServer[]> {
  const team = choice.team === undefined ? findTeamFile(cwd) : requireTeamFile(cwd, choice.team);
  const ofTeam = team === null ? [] : await teamServers(team, env);
  return ofTeam.length > 0 ? ofTeam : homeServers(env);
}

/**
 * The one server that a command is for.
 * @throws CliError AGENT_UNCLEAR, AGENT_UNKNOWN, NOT_RUNNING, ARGUMENT_INVALID
 */
export async function chooseServer(choice: ServerChoice, place: Place): Promise<KnownServer> {
  const { env } = place;
  const url = choice.url ?? env['XMTP_URL'];
  if (url !== undefined) return atUrl(url, choice.agent ?? null, env);
  const servers = await knownServers(choice, place);
  const names = someOf(servers.map(({ name }) => name));
  if (choice.agent !== undefined) {
    const wanted = choice.agent.toLowerCase();
    const named = servers.filter(({ name }) => name === choice.agent);
    const [found] = named.length > 0 ? named : servers.filter(({ address }) => address?.toLowerCase() === wanted);
    if (found !== undefined) return found;
    throw new CliError({
      code: 'AGENT_UNKNOWN',
      shortMessage: `No agent ${quoteInput(choice.agent)} is known here.`,
      metaMessages: [names === '' ? 'No agent is deployed or running.' : `Known are: ${names}.`],
    });
  }
  const [only] = servers;
  if (only !== undefined && servers.length === 1) return only;
  if (servers.length > 1)
    throw new CliError({
      code: 'AGENT_UNCLEAR',
      shortMessage: `There are ${servers.length} agents here.`,
      metaMessages: [`Say which with --agent: ${names}.`],
      facts: { agents: servers.map(({ name }) => name) },
    });
  return atUrl(`http://127.0.0.1:${env['PORT'] || env['ID_AGENT_PORT'] || '4101'}`, null, env);
}

function atUrl(url: string, agent: string | null, env: Place['env']): KnownServer {
  if (!/^https?:\/\//iu.test(url) || !URL.canParse(url))
    throw new CliError({ code: 'ARGUMENT_INVALID', shortMessage: `${quoteInput(url)} is not an http or https URL.` });
  return { name: agent ?? url, url: url.replace(/\/+$/u, ''), agent, address: null, token: readToken(env, null) };
}
