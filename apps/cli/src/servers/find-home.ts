import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson, quoteInput } from '@xmtp-messaging/errors';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { z } from 'zod';
import { someOf } from '../output/some-of.ts';
import { CliError } from '../errors.ts';
import { serverEnvironment } from '../team/server-environment.ts';
import { findTeamFile, teamPaths } from '../team/team-folder.ts';
import { homeRoot } from './read-token.ts';

const record = z.object({ wallet: z.string() });

/**
 * The home folder of an agent whose server need not run.
 * @param agent Address, wallet, or a member of the team whose file is here or above.
 * @throws CliError AGENT_UNKNOWN
 */
export async function findHome(
  agent: string,
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string | undefined>> },
): Promise<string> {
  const team = findTeamFile(cwd);
  const member = team === null ? {} : await serverEnvironment(agent, { paths: teamPaths(team), env });
  const wallet = 'PORT' in member ? (member['OWS_WALLET'] ?? agent) : agent;
  const homes = homesOf(homeRoot(env));
  const found = homes.filter((home) => home.address === agent.toLowerCase() || home.wallet === wallet);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.path;
  throw new CliError({
    code: 'AGENT_UNKNOWN',
    shortMessage:
      only === undefined
        ? `No home of an agent ${quoteInput(agent)} is here.`
        : `There are ${found.length} homes of the wallet ${quoteInput(agent)}.`,
    metaMessages: [`Give its address: ${someOf(homes.map(({ address }) => address)) || 'there is no home here'}.`],
  });
}

function homesOf(root: string): { address: string; wallet: string | null; path: string }[] {
  return names(root)
    .filter((name) => /^0x[0-9a-f]{40}$/u.test(name))
    .map((address) => {
      const path = join(root, address);
      const known = record.safeParse(parseJson(textOf(join(path, 'wallet.json'))));
      return { address, path, wallet: known.success ? known.data.wallet : null };
    });
}

function names(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readPrivateFileSync(path)?.bytes.toString('utf8') ?? '';
  } catch {
    return '';
  }
}
