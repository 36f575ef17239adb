import { join } from 'node:path';
import { agentVariables, layVariables, readEnvFile } from '@xmtp-messaging/server/environment';
import type { TeamPaths } from './team-folder.ts';

/** Where the settings of a team come from. */
interface Place {
  paths: TeamPaths;
  env: Readonly<Record<string, string | undefined>>;
}

/** The files with the settings of an agent, the later over the earlier. */
export function environmentFiles(name: string, { folder, environment }: TeamPaths): string[] {
  return [join(folder, '.env'), join(folder, `.env.${name}`), environment(name)];
}

/**
 * The whole environment of the server of an agent: of the shell, then of `.env`, of `.env.NAME`, and of the `xmtp.env` that holds what
 * the team file says. The later wins.
 * @throws FileError
 */
export async function serverEnvironment(name: string, { paths, env }: Place): Promise<Record<string, string>> {
  const files = environmentFiles(name, paths);
  // What was deployed says the port as well, which no other file may.
  return layVariables(await agentVariables({ inherited: env, files }), await readEnvFile(paths.environment(name)));
}

/** The environment of a server of all agents of the team, as far as it is not of one of them. @throws FileError */
export async function portEnvironment({ paths, env }: Place): Promise<Record<string, string>> {
  return await agentVariables({ inherited: env, files: [join(paths.folder, '.env')] });
}
