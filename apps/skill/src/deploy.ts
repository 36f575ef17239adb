import { randomBytes } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { decodeText, printable } from '@xmtp-messaging/errors';
import type { FileError } from '@xmtp-messaging/errors/files';
import { parseTeamConfig, resolveAgent, type TeamAgent } from '@xmtp-messaging/team-config';
import { agentFiles, environmentPath, type PlannedFile, skillPath } from './agent-files.ts';
import { assignPlaces, type Place, type PlaceRequest } from './assign-places.ts';
import { SkillError } from './errors.ts';
import { findWallet, type WalletSearch } from './find-wallet.ts';
import { isFreePort } from './is-free-port.ts';
import { inspectFile, placeFile, readPresent } from './place-file.ts';
import { readAnyFile } from './read-any-file.ts';
import { readPlace } from './read-place.ts';
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
  const agents: AgentReport[] = [];
  const changes: PlannedFile[] = [];
  for (const { agent, wallet, skill } of known.filter((one) => chosen.includes(one.agent))) {
    const place = places.get(agent.name);
    const deployment = wallet?.found && place ? { wallet: wallet.name, place } : null;
    const files: DeployedFile[] = [];
    for (const file of agentFiles(agent, deployment, { present: skill, folder })) {
      const result = await inspectFile(folder, file);
      if (result === null) continue;
      files.push(result);
      if (result.state !== 'unchanged') changes.push(file);
    }
    agents.push(describeAgent(agent, { wallet, place, files }));
  }
  if (!dryRun) for (const file of changes) await placeFile(folder, file);
  return { team: team.team, dryRun, shared, agents, warnings: findWarnings(agents, { shared, requests }) };
}

/** An agent, and what is there of it. `wallet: null`: it has not the skill. */
interface KnownAgent {
  agent: TeamAgent;
  wallet: WalletSearch | null;
  skill: string | null;
  environment: string | null;
}

async function look(
  agent: TeamAgent,
  { folder, env }: { folder: string; env: Readonly<Record<string, string | undefined>> },
): Promise<KnownAgent> {
  const wanted = agent.skills.includes('xmtp');
  return {
    agent,
    wallet: wanted ? await findWallet(agent.name, { folder, env, inTeamFile: agent.wallet }) : null,
    skill: await readPresent(folder, skillPath(agent.name)),
    environment: await readPresent(folder, environmentPath(agent.name)),
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
  { wallet, place, files }: { wallet: WalletSearch | null; place: Place | undefined; files: DeployedFile[] },
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
  return { name, outcome: 'deployed', mode, wallet: { name: wallet.name, source: wallet.source }, ...place, files };
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
