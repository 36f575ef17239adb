import { join } from 'node:path';
import { readEnvFile } from './read-env-file.ts';
import type { TeamPaths } from './team-folder.ts';

/** What a `.env` file may say to a server; the rest of it is for other programs. */
const forServers = /^(?:XMTP_\w+|OWS_\w+|WEB3_BIO_\w+|RPC_URL\w*|ETH_RPC_URL|XID_\w+|ID_CLI_COMMAND|HOST)$/u;
/** What belongs to one agent, and must not reach another from the shell that starts all of them. */
const ofOneAgent = ['OWS_WALLET', 'PORT', 'ID_AGENT_PORT', 'XMTP_AGENT'];

/**
 * The whole environment of the server of an agent: of the shell, then of `.env`, of `.env.NAME`, and of the `xmtp.env` that holds what
 * the team file says. The later wins.
 * @throws FileError
 */
export async function serverEnvironment(
  name: string,
  { paths, env }: { paths: TeamPaths; env: Readonly<Record<string, string | undefined>> },
): Promise<Record<string, string>> {
  const shell = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ofOneAgent.includes(entry[0]),
  );
  const files = [join(paths.folder, '.env'), join(paths.folder, `.env.${name}`)];
  const said = await Promise.all(files.map(async (path) => Object.entries(await readEnvFile(path))));
  const deployed = await readEnvFile(paths.environment(name));
  const all = Object.fromEntries([...shell, ...said.flat().filter(([key]) => forServers.test(key))]);
  return { ...all, ...deployed };
}
