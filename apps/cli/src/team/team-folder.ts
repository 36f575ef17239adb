import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { decodeText } from '@xmtp-messaging/errors';
import { errnoOf } from '@xmtp-messaging/errors/files';
import { parseTeamConfig, type TeamConfig } from '@xmtp-messaging/team-config';
import { CliError } from '../errors.ts';

const names = ['team.yaml', 'team.yml'];

/** Path of the team file of a folder, or of the nearest one above it; `null` when there is none. */
export function findTeamFile(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return null;
  }
}

/** @throws CliError TEAM_NOT_FOUND */
export function requireTeamFile(cwd: string, named: string | undefined): string {
  const path = named === undefined ? findTeamFile(cwd) : resolve(cwd, named);
  if (path !== null && existsSync(path)) return path;
  throw new CliError({
    code: 'TEAM_NOT_FOUND',
    ...(path === null ? {} : { shortMessage: `There is no file ${path}.` }),
  });
}

/** @throws TeamConfigError, CliError TEAM_NOT_FOUND */
export async function readTeam(path: string): Promise<TeamConfig> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new CliError({ code: 'TEAM_NOT_FOUND', shortMessage: `${path} cannot be read (${errnoOf(error)}).` });
  });
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new CliError({ code: 'TEAM_NOT_FOUND', shortMessage: `${path} ${decoded.why}.` });
  return parseTeamConfig(decoded.text, { path: basename(path) });
}

/** Where things of a team are. */
export function teamPaths(team: string) {
  const folder = dirname(team);
  const ours = join(folder, '.agents');
  return {
    folder,
    ours,
    /** What is running; only while it is. */
    state: join(ours, 'up.json'),
    /** Held while the team is up. */
    lock: join(ours, 'up.lock'),
    /** Names of the members, for the servers. */
    hosts: join(ours, 'hosts.yaml'),
    /** Which agents one process serves; only while it does. */
    agents: join(ours, 'agents.json'),
    /** What that process says of none of them. */
    serverLog: join(ours, 'server.log'),
    /** What a team that was detached says of itself. */
    upLog: join(ours, 'up.log'),
    environment: (name: string) => join(ours, name, 'xmtp.env'),
    log: (name: string) => join(ours, name, 'xmtp.log'),
  };
}

export type TeamPaths = ReturnType<typeof teamPaths>;
