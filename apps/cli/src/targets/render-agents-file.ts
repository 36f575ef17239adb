import type { SharedAgent } from './types.ts';

/** What `XMTP_AGENTS_FILE` names: the agents behind one port. @param pathOf of the file with this key, where the process runs */
export function renderAgentsFile(agents: readonly SharedAgent[], pathOf: (key: string) => string): string {
  const entries = agents.map(({ name, settings, fileVariables, envFiles }) => ({
    name,
    env: { ...settings, ...pathsOf(fileVariables, pathOf) },
    envFiles: envFiles.map(pathOf),
  }));
  return `${JSON.stringify({ agents: entries }, null, 2)}\n`;
}

/** Variables with the paths of their files. */
export function pathsOf(
  fileVariables: Readonly<Record<string, string>>,
  pathOf: (key: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(fileVariables).map(([variable, key]) => [variable, pathOf(key)]));
}
