import { join } from 'node:path';
import type { TeamAgent } from '@xmtp-messaging/team-config';
import type { Place } from './assign-places.ts';
import type { Deployment } from './deployment.ts';
import { hostLayouts } from './host-layouts.ts';
import { type HostChoice, renderHostRecord } from './render-host-record.ts';
import { type McpEntry, mcpEntry } from './mcp-entry.ts';
import { renderEnvironment } from './render-environment.ts';
import { renderSkill } from './render-skill.ts';

/** A file of an agent, `text: null` when there should be none; or its line in a list of MCP servers, `entry: null` for none. */
export type PlannedFile = {
  /** Folder that links may not lead out of; absolute. */
  root: string;
  /** Relative to `root`, with `/`. */
  path: string;
} & ({ text: string | null } | { entry: McpEntry | null; format: 'json' | 'toml' });

/** Where the SKILL.md of an agent is, relative to the folder of the team file. */
export const skillPath = (name: string): string => `.agents/${name}/skills/xmtp/SKILL.md`;

/** Where the settings of its server are, relative as above. */
export const environmentPath = (name: string): string => `.agents/${name}/xmtp.env`;

/** Where it is kept what the agent runs in, relative as above. */
export const recordPath = (name: string): string => `.agents/${name}/hosts.jsonc`;

/** What there is of an agent, and what is wanted. */
export interface AgentFilesOptions {
  /** Absolute path of the folder of the team file. */
  folder: string;
  /** Its SKILL.md as it is now, `null` for none. */
  skill: string | null;
  /** What an earlier deployment put where, `null` for nothing. */
  before: HostChoice | null;
  /** What the agent runs in. */
  hosts: HostChoice;
  /** Whether callers have to show a token. */
  wantsToken: boolean;
}

/** The address of a server for whoever is on the same machine. */
export const localBase = ({ port, basePath }: Place): string => `http://localhost:${port}${basePath}`;

/**
 * The files of an agent, or their absence; what an earlier deployment put where nobody looks any more is to go.
 * @param deployment `null`: it is not deployed.
 */
export function agentFiles(
  agent: TeamAgent,
  deployment: Deployment | null,
  { folder, skill: present, before, hosts, wantsToken }: AgentFilesOptions,
): PlannedFile[] {
  const own = (path: string, text: string | null): PlannedFile => ({ root: folder, path, text });
  const paths = [skillPath, environmentPath, recordPath].map((pathOf) => pathOf(agent.name)) as [
    string,
    string,
    string,
  ];
  const old = before === null ? [] : hostFiles(before, null);
  if (deployment === null) return distinct([...paths.map((path) => own(path, null)), ...old]);
  const { place } = deployment;
  const base = localBase(place);
  const skill = renderSkill(agent, { present, base, id: place.id });
  return distinct([
    own(paths[0], skill),
    own(paths[1], renderEnvironment(agent, { ...deployment, folder })),
    own(paths[2], hosts.for.length === 0 ? null : renderHostRecord(hosts, folder)),
    ...hostFiles(hosts, { skill, base, id: place.id, wantsToken }),
    ...old,
  ]);
}

/** What is in the workspace; with `null` its absence. */
function hostFiles(
  { for: hosts, mcp: wantsMcp, workspace: root }: HostChoice,
  content: { skill: string; base: string; id: string; wantsToken: boolean } | null,
): PlannedFile[] {
  return hosts.flatMap((host): PlannedFile[] => {
    const { skill: path, mcp } = hostLayouts[host];
    const skill = { root, path, text: content?.skill ?? null };
    if (mcp === null || !wantsMcp) return [skill];
    const entry = content === null ? null : mcpEntry(mcp, content);
    return [skill, { root, path: mcp.path, format: mcp.format, entry }];
  });
}

/** Of several wishes for one file the first. */
function distinct(files: readonly PlannedFile[]): PlannedFile[] {
  return [...Map.groupBy(files, pathOf).values()].map(([first]) => first!);
}

/** Absolute. */
export const pathOf = ({ root, path }: PlannedFile): string => join(root, path);
