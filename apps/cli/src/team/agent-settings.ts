import { printable } from '@xmtp-messaging/errors';
import type { MailboxNetwork } from '@xmtp-messaging/xmtp-core';
import { CliError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { serverEnvironment } from './server-environment.ts';
import { findTeamFile, requireTeamFile, teamPaths } from './team-folder.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The settings of an agent's server, and its wallet.
 * @param agent Member of the team whose file is here or above, or a wallet.
 */
export async function agentSettings(
  agent: string,
  { team: file, terminal }: { team: string | undefined; terminal: Pick<Terminal, 'cwd' | 'env'> },
): Promise<{ env: Env; wallet: string }> {
  const { cwd, env: shell } = terminal;
  const team = file === undefined ? findTeamFile(cwd) : requireTeamFile(cwd, file);
  const env = team === null ? shell : await serverEnvironment(agent, { paths: teamPaths(team), env: shell });
  return { env, wallet: 'PORT' in env && team !== null ? (env['OWS_WALLET'] ?? agent) : agent };
}

/** Which network they name. @throws CliError ARGUMENT_INVALID */
export function networkOf(env: Env): MailboxNetwork {
  const { XMTP_ENV: name, XMTP_API_URL: apiUrl, XMTP_GATEWAY_HOST: gatewayHost } = env;
  const known = (['local', 'dev', 'production'] as const).find((each) => each === (name || 'production'));
  if (known === undefined)
    throw new CliError({
      code: 'ARGUMENT_INVALID',
      shortMessage: `XMTP_ENV is ${printable(name ?? '')}, which is no network.`,
      metaMessages: ['Set local, dev or production.'],
    });
  return { env: known, ...(apiUrl ? { apiUrl } : {}), ...(gatewayHost ? { gatewayHost } : {}) };
}
