import { basename, dirname, resolve } from 'node:path';
import { decodeText, printable } from '@xmtp-messaging/errors';
import type { FileError } from '@xmtp-messaging/errors/files';
import { parseTeamConfig, resolveAgent, type TeamAgent } from '@xmtp-messaging/team-config';
import { agentFiles, type PlannedFile, skillPath } from './agent-files.ts';
import { SkillError } from './errors.ts';
import { findWallet, type WalletSearch } from './find-wallet.ts';
import { inspectFile, placeFile, readPresent } from './place-file.ts';
import { readAnyFile } from './read-any-file.ts';
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
  /** The last place where OWS_WALLET is looked for. @default {} */
  env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Gives each agent of a team that has the xmtp skill and a wallet its SKILL.md and the settings of its server. An agent that has not both is
 * skipped, and what an earlier deployment gave it is removed. Everything is checked before the first file is written.
 * @throws TeamConfigError for the team file's content; SkillError for the rest
 */
export async function deploy(options: DeployOptions): Promise<DeployReport> {
  const { dryRun = false, env = {} } = options;
  const path = resolve(options.team);
  const folder = dirname(path);
  const team = parseTeamConfig(await readTeam(path), { path: basename(path) });
  const chosen = options.agent === undefined ? team.agents : [resolveAgent(team, options.agent)];

  const agents: AgentReport[] = [];
  const changes: PlannedFile[] = [];
  for (const agent of chosen) {
    const wanted = agent.skills.includes('xmtp');
    const wallet = wanted ? await findWallet(agent.name, { folder, env }) : null;
    const files: DeployedFile[] = [];
    const present = await readPresent(folder, skillPath(agent.name));
    for (const file of agentFiles(agent, wallet?.found ? wallet.name : null, present)) {
      const result = await inspectFile(folder, file);
      if (result === null) continue;
      files.push(result);
      if (result.state !== 'unchanged') changes.push(file);
    }
    agents.push(describeAgent(agent, wallet, files));
  }
  if (!dryRun) for (const file of changes) await placeFile(folder, file);
  return { team: team.team, dryRun, agents, warnings: findWarnings(chosen, agents) };
}

/** `wallet: null` stands for an agent without the skill. */
function describeAgent(agent: TeamAgent, wallet: WalletSearch | null, files: DeployedFile[]): AgentReport {
  const { name } = agent;
  if (wallet === null) {
    const message = 'xmtp is not among its skills.';
    return { name, outcome: 'skipped', reason: 'xmtp-not-in-skills', message, files };
  }
  if (!wallet.found) return { name, outcome: 'skipped', reason: 'wallet-unset', message: wallet.message, files };
  const mode = agent.xmtp.openMode ? 'open' : 'closed';
  return { name, outcome: 'deployed', mode, wallet: { name: wallet.name, source: wallet.source }, files };
}

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
