import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '@xmtp-messaging/errors';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { z } from 'zod';
import { isUp, readRunState } from '../team/run-state.ts';
import { serverEnvironment } from '../team/server-environment.ts';
import { readTeam, teamPaths } from '../team/team-folder.ts';
import { homeRoot, readToken } from './read-token.ts';
import type { KnownServer } from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const announcement = z.object({ url: z.string(), wallet: z.string() });

/** The servers of the agents of a team that are deployed, running or not. @throws TeamConfigError, CliError TEAM_NOT_FOUND, FileError */
export async function teamServers(team: string, env: Environment): Promise<KnownServer[]> {
  const paths = teamPaths(team);
  const { agents } = await readTeam(team);
  const running = isUp(paths) ? readRunState(paths) : null;
  const announced = homeServers(env);
  const found = agents.map(async ({ name }): Promise<KnownServer[]> => {
    const said = await serverEnvironment(name, { paths, env });
    const { PORT: port, XMTP_AGENT: agent } = said;
    if (port === undefined || agent === undefined) return [];
    const url = `http://127.0.0.1:${port}${said['XMTP_BASE_PATH'] ?? ''}`;
    const inHome = announced.find((each) => each.url === url)?.address ?? null;
    const address = running?.agents.find((each) => each.name === name)?.address ?? inHome;
    return [{ name, url, agent, address, token: readToken(said, address) }];
  });
  return (await Promise.all(found)).flat();
}

/** The servers that have announced themselves in the homes of this user. One that died may be among them. */
export function homeServers(env: Environment): KnownServer[] {
  const root = homeRoot(env);
  return listFolders(root).flatMap((address) => {
    const said = announcement.safeParse(parseJson(readText(join(root, address, 'server.json'))));
    if (!/^0x[0-9a-f]{40}$/u.test(address) || !said.success) return [];
    const { url, wallet } = said.data;
    return [{ name: wallet, url, agent: address, address, token: readToken(env, address) }];
  });
}

function listFolders(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readPrivateFileSync(path)?.bytes.toString('utf8') ?? '';
  } catch {
    return '';
  }
}
