import { homePath } from '@xmtp-messaging/xmtp-core';
import { quoteInput } from '@xmtp-messaging/errors';
import { deploy, type DeployReport } from '@xmtp-messaging/skill';
import { someOf } from '../output/some-of.ts';
import { CliError } from '../errors.ts';
import { homeRoot } from '../servers/read-token.ts';
import { createVault, type Vault } from '../wallet/create-vault.ts';
import { allowEachOther } from './allow-each-other.ts';
import { portEnvironment, serverEnvironment } from './server-environment.ts';
import { readTeam, teamPaths } from './team-folder.ts';
import { writeTeamHosts } from './write-team-hosts.ts';

/** An agent that is ready to be started. */
export interface Member {
  name: string;
  wallet: string;
  /** EIP-55. */
  address: `0x${string}`;
  port: number;
  /** Before the paths of its routes; empty when it has the port for itself. */
  basePath: string;
  id: string;
  mode: 'closed' | 'open';
  /** Of its server, in full. */
  env: Record<string, string>;
}

/** How to prepare a team. */
export interface PrepareOptions {
  /** Path of the team file. */
  team: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether one process is to serve all agents. @default what the team file says, else `false` */
  shared?: boolean | undefined;
  /** Whether wallets that are not there may be made. */
  mayCreate: (wallets: readonly string[]) => Promise<boolean>;
  say: (text: string) => void;
  /** @default the vault of HOME */
  vault?: Vault | undefined;
}

/** What is there before the first server starts. */
export interface PreparedTeam {
  members: Member[];
  /** The environment of the one process that serves all; `null`: each has one of its own. */
  portEnv: Record<string, string> | null;
  created: string[];
  report: DeployReport;
}

/**
 * Makes everything that a team needs: wallets, skills, settings, names and lists. Running it again changes nothing.
 * @throws CliError WALLET_SHARED, WALLET_MISSING, OWS_FAILED; what `deploy` and the allowlist throw
 */
export async function prepareTeam(options: PrepareOptions): Promise<PreparedTeam> {
  const { team, env, shared, mayCreate, say } = options;
  const paths = teamPaths(team);
  const vault = options.vault ?? createVault(env['HOME'] ?? '/');
  const config = await readTeam(team);
  // Found out first, written last: a team that is refused leaves nothing behind.
  const plan = deployed(await deploy({ team, env, shared, dryRun: true }));
  refuseShared(plan.map(({ name, wallet }) => ({ name, key: wallet.name })));
  say('Looking into the wallet vault');
  const created = await createMissing(vault, [...new Set(plan.map(({ wallet }) => wallet.name))], mayCreate, say);
  const wallets = await vault.list();
  const report = await deploy({ team, env, shared });
  const found = deployed(report).map((agent) => ({ ...agent, address: addressOf(agent.wallet.name) }));
  // The same wallet by its name and by its id.
  refuseShared(found.map(({ name, address }) => ({ name, key: address })));
  await writeTeamHosts(paths.hosts, found);
  if (config.allowsEachOther) await allowEachOther(found, (address) => homePath(address, { root: homeRoot(env) }));
  const hosts = { XMTP_HOSTS_FILE: paths.hosts };
  const members = found.map(async ({ name, wallet, address, port, basePath, id, mode }): Promise<Member> => {
    const own = await serverEnvironment(name, { paths, env });
    return { name, wallet: wallet.name, address, port, basePath, id, mode, env: { ...hosts, ...own } };
  });
  const portEnv = report.shared ? { ...hosts, ...(await portEnvironment({ paths, env })) } : null;
  return { members: await Promise.all(members), portEnv, created, report };

  function addressOf(wallet: string): `0x${string}` {
    const match = wallets.find(({ id }) => id === wallet) ?? wallets.find(({ name }) => name === wallet);
    if (match?.evmAddress !== undefined) return match.evmAddress;
    throw new CliError({
      code: 'OWS_FAILED',
      shortMessage: `The vault shows no Ethereum address for the wallet ${quoteInput(wallet)}.`,
    });
  }
}

type Deployed = Extract<DeployReport['agents'][number], { outcome: 'deployed' }>;

function deployed(report: DeployReport): Deployed[] {
  return report.agents.filter((agent) => agent.outcome === 'deployed');
}

function refuseShared(agents: readonly { name: string; key: string }[]): void {
  for (const users of Map.groupBy(agents, ({ key }) => key).values()) {
    if (users.length < 2) continue;
    const names = users.map(({ name }) => name);
    throw new CliError({
      code: 'WALLET_SHARED',
      shortMessage: `${someOf(names)} have one wallet: they would have one mailbox, which only one server can hold.`,
      facts: { agents: names },
    });
  }
}

async function createMissing(
  vault: Vault,
  wanted: readonly string[],
  mayCreate: PrepareOptions['mayCreate'],
  say: PrepareOptions['say'],
): Promise<string[]> {
  const present = await vault.list();
  const missing = wanted.filter((wallet) => present.every(({ id, name }) => id !== wallet && name !== wallet));
  if (missing.length === 0) return [];
  if (!(await mayCreate(missing)))
    throw new CliError({
      code: 'WALLET_MISSING',
      shortMessage: `The OWS vault has no wallet ${someOf(missing.map((name) => quoteInput(name)))}.`,
      facts: { wallets: missing },
    });
  for (const name of missing) {
    say(`Making the wallet ${name}`);
    await vault.create(name);
  }
  return missing;
}
