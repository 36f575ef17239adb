import { isForServers } from './is-for-servers.ts';
import { readEnvFile } from './read-env-file.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What belongs to one agent, or to a port, and must not reach an agent from the shell that starts it. */
const notInherited: ReadonlySet<string> = new Set([
  'OWS_WALLET',
  'PORT',
  'ID_AGENT_PORT',
  'XMTP_AGENT',
  'XMTP_BASE_PATH',
  'XMTP_AGENTS_FILE',
]);

/** Where the settings of an agent are. */
export interface AgentVariablesOptions {
  /** The environment of whoever starts it. */
  inherited: Variables;
  /** Over that. @default {} */
  env?: Variables | undefined;
  /** Env files over that, the later over the earlier. One that is not there says nothing. */
  files: readonly string[];
}

/** The whole environment of the server of an agent. @throws FileError */
export async function agentVariables({ inherited, env = {}, files }: AgentVariablesOptions) {
  const said = await Promise.all(
    // The rest of such a file is for other programs.
    files.map(async (path) => pick(await readEnvFile(path), isForServers)),
  );
  return layVariables(
    pick(inherited, (name) => !notInherited.has(name)),
    env,
    ...said,
  );
}

/** Variables over variables. The later wins, also where one names the file of what the other says itself. */
export function layVariables(...layers: readonly Variables[]): Record<string, string> {
  const laid = new Map<string, string>();
  for (const layer of layers) {
    const said = Object.entries(layer).filter((entry): entry is [string, string] => entry[1] !== undefined);
    for (const [name] of said) laid.delete(name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : `${name}_FILE`);
    for (const [name, value] of said) laid.set(name, value);
  }
  return Object.fromEntries(laid);
}

function pick(variables: Variables, isWanted: (name: string) => boolean): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isWanted(name)));
}
