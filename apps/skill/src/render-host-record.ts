import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type HostName, hostNames } from '@xmtp-messaging/team-config';
import { parse } from 'jsonc-parser';
import { marker } from './marker.ts';

/** What an agent runs in, and where. */
export interface HostChoice {
  for: readonly HostName[];
  /** Whether the mailbox is among the MCP servers of those. */
  mcp: boolean;
  /** Absolute path of the folder in which they run. */
  workspace: string;
}

/** The choice as it is kept beside the settings of the server, so that a later deployment goes on with it, and finds what to remove. */
export function renderHostRecord({ for: hosts, mcp, workspace }: HostChoice, folder: string): string {
  const record = { for: hosts, mcp, workspace: shownPath(folder, workspace) };
  return `// ${marker}\n${JSON.stringify(record, null, 2)}\n`;
}

/** What was kept; `null` for nothing that this program wrote. */
export function readHostRecord(text: string | null, folder: string): HostChoice | null {
  if (text === null || !text.includes(marker)) return null;
  const record = parse(text) as { for?: unknown; mcp?: unknown; workspace?: unknown } | undefined;
  const { for: named, mcp, workspace } = record ?? {};
  if (!Array.isArray(named) || typeof workspace !== 'string') return null;
  const hosts = hostNames.filter((host) => named.includes(host));
  return { for: hosts, mcp: mcp === true, workspace: resolve(folder, workspace) };
}

/** A path for people and records: relative to the folder of the team file where it is inside, with `/`. */
export function shownPath(folder: string, path: string): string {
  const way = relative(folder, path);
  if (way === '') return '.';
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way.split(sep).join('/');
}
