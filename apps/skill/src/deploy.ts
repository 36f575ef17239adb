import { randomBytes } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { decodeText, printable } from '@xmtp-messaging/errors';
import type { FileError } from '@xmtp-messaging/errors/files';
import { type HostName, parseTeamConfig, resolveAgent, type TeamAgent } from '@xmtp-messaging/team-config';
import { agentFiles, environmentPath, pathOf, type PlannedFile, recordPath, skillPath } from './agent-files.ts';
import { assignPlaces, type Place, type PlaceRequest } from './assign-places.ts';
import { chooseHosts } from './choose-hosts.ts';
import { SkillError } from './errors.ts';
import { findsToken, findWallet, type WalletSearch } from './find-wallet.ts';
import { type HostChoice, readHostRecord, shownPath } from './render-host-record.ts';
import { isFreePort } from './is-free-port.ts';
import { inspectFile, placeFile, readPresent } from './place-file.ts';
import { readAnyFile } from './read-any-file.ts';
import { readPlace } from './read-place.ts';
import { settle } from './settle.ts';
import type { AgentReport, DeployedFile, DeployReport } from './types.ts';
import { findWarnings } from './find-warnings.ts';

/** Options of `deploy`. */
export interface DeployOptions {
  /** Path of the team file. Agents' folders are made beside it. */
  team: string;
  /** Deploy this agent only. @default all agents */
  agent?: string | undefined;
  /** Find out everything, write nothing. @default false */
  dryRun?: boolean | undefined;
  /** Whether all agents are to be behind one port. @default what the team file says, else `false` */
  shared?: boolean | undefined;
  /** What the agents run in, in whose places the skill is put as well. @default what the team file says, else as before, else nothing */
  for?: readonly HostName[] | undefined;
  /** Whether the mailbox is added to the MCP servers of those. @default what the team file says, else as before, else `false` */
  mcp?: boolean | undefined;
  /** The last place where OWS_WALLET is looked for. @default {} */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Whether nothing listens on a port. @default it is tried, on loopback */
  isFree?: ((port: number) => Promise<boolean>) | undefined;
}

/**
 * Gives each agent of a team that has the xmtp skill and a wallet its SKILL.md and the settings of its server. An agent that has not both is
 * skipped, and what an earlier deployment gave it is removed. Everything is checked before the first file is written.
 * @throws TeamConfigError for the team file's content; SkillError for the rest
 */
export async function deploy(options: DeployOptions): Promise<DeployReport> {
  const { dryRun = false, env = {}, isFree = isFreePort } = options;
  const path = resolve(options.team);
  const folder = dirname(path);
  const team = parseTeamConfig(await readTeam(path), { path: basename(path) });
  const chosen = options.agent === undefined ? team.agents : [resolveAgent(team, options.agent)];

  // Of all agents, whoever is deployed now: none may get a port that is another's.
  const known = await Promise.all(team.agents.map((agent) => look(agent, { folder, env })));
  const shared = options.shared ?? team.shared ?? false;
  const requests = known.flatMap(requestOf);
  const places = await assignPlaces(requests, { isFree, random: randomId, shared });
  const plans = known.map((one) => {
    const { agent, wallet, skill, before, wantsToken } = one;
    const place = places.get(agent.name);
    const deployment = wallet?.found && place ? { wallet: wallet.name, place } : null;
    const asked = chosen.includes(agent) ? options : {};
    const hosts = chooseHosts(one, { folder, isAlone: team.agents.length === 1, asked });
    const files = agentFiles(agent, deployment, { folder, skill, before, hosts, wantsToken });
    return { ...one, place, hosts, files };
  });
  const planned = settle(plans.map(({ agent, files }) => ({ name: agent.name, files })));
  const agents: AgentReport[] = [];
  const changes: { file: PlannedFile; text: string | null }[] = [];
  for (const { agent, wallet, place, hosts } of plans.filter((plan) => chosen.includes(plan.agent))) {
    const files: DeployedFile[] = [];
    for (const file of planned.get(agent.name) ?? []) {
      const found = await inspectFile(file);
      if (found === null) continue;
      files.push({ path: shownPath(folder, pathOf(file)), state: found.state });
      if (found.state !== 'unchanged') changes.push({ file, text: found.text });
    }
    agents.push(describeAgent(agent, { wallet, place, hosts, files }));
  }
  if (!dryRun) for (const { file, text } of changes) await placeFile(file, text);
  return { team: team.team, dryRun, shared, agents, warnings: findWarnings(agents, { shared, requests }) };
}

/** An agent, and what is there of it. `wallet: null`: it has not the skill. */
interface KnownAgent {
  agent: TeamAgent;
  wallet: WalletSearch | null;
  skill: string | null;
  environment: string | null;
  before: HostChoice | null;
  wantsToken: boolean;
}

async function look(
  agent: TeamAgent,
  { folder, env }: { folder: string; env: Readonly<Record<string, string | undefined>> },
): Promise<KnownAgent> {
  const { name } = agent;
  const wanted = agent.skills.includes('xmtp');
  return {
    agent,
    wallet: wanted ? await findWallet(name, { folder, env, inTeamFile: agent.wallet }) : null,
    skill: await readPresent(folder, skillPath(name)),
    environment: await readPresent(folder, environmentPath(name)),
    before: readHostRecord(await readPresent(folder, recordPath(name)), folder),
    wantsToken: wanted && (await findsToken(name, { folder, env })),
  };
}

function requestOf({ agent, wallet, environment }: KnownAgent): PlaceRequest[] {
  if (!wallet?.found) return [];
  const { name, xmtp } = agent;
  return [{ name, wallet: wallet.name, port: xmtp.port, present: readPlace(environment) }];
}

/** `wallet: null` stands for an agent without the skill. */
function describeAgent(
  agent: TeamAgent,
  {
    wallet,
    place,
    hosts,
    files,
  }: { wallet: WalletSearch | null; place: Place | undefined; hosts: HostChoice; files: DeployedFile[] },
): AgentReport {
  const { name } = agent;
  if (wallet === null) {
    const message = 'xmtp is not among its skills.';
    return { name, outcome: 'skipped', reason: 'xmtp-not-in-skills', message, files };
  }
  if (!wallet.found || place === undefined) {
    const message = wallet.found ? '' : wallet.message;
    return { name, outcome: 'skipped', reason: 'wallet-unset', message, files };
  }
  const mode = agent.xmtp.openMode ? 'open' : 'closed';
  return {
    name,
    outcome: 'deployed',
    mode,
    wallet: { name: wallet.name, source: wallet.source },
    ...place,
    hosts,
    files,
  };
}

const randomId = () => randomBytes(4).toString('hex');

async function readTeam(path: string): Promise<string> {
  const unreadable = (why: string, cause?: unknown) =>
    new SkillError({ code: 'TEAM_UNREADABLE', shortMessage: `The team file ${printable(path)} ${why}.`, cause });
  const bytes = await readAnyFile(path).catch((cause: FileError) => {
    throw unreadable(`cannot be read (${cause.detail ?? cause.code})`, cause);
  });
  if (bytes === null) throw unreadable('cannot be read (ENOENT)');
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw unreadable(decoded.why);
  return decoded.text;
}
