import type { HostName } from '@xmtp-messaging/team-config';

/** How a host writes down its MCP servers. */
export interface McpFile {
  /** Relative to the workspace, with `/`. */
  path: string;
  format: 'json' | 'toml';
  /** Whether an entry says its kind of transport. */
  typed: boolean;
  /** How a value of the environment is referred to; `null`: the format has a key for the name of the token's variable. */
  reference: ((variable: string) => string) | null;
}

/** Where a host looks, in the folder in which it runs. */
export interface HostLayout {
  /** The SKILL.md, relative to the workspace, with `/`. */
  skill: string;
  /** `null`: it keeps them elsewhere. */
  mcp: McpFile | null;
}

const agents = '.agents/skills/xmtp/SKILL.md';
// An empty default: whoever has no token sends none.
const shellLike = (variable: string) => `\${${variable}:-}`;
const mcpJson: McpFile = { path: '.mcp.json', format: 'json', typed: true, reference: shellLike };

/** Where each host looks. `.agents/skills` is the folder that hosts of the Agent Skills standard have in common. */
export const hostLayouts: Readonly<Record<HostName, HostLayout>> = {
  claude: { skill: '.claude/skills/xmtp/SKILL.md', mcp: mcpJson },
  codex: { skill: agents, mcp: { path: '.codex/config.toml', format: 'toml', typed: false, reference: null } },
  // Its servers are in its own configuration, outside of the workspace.
  openclaw: { skill: 'skills/xmtp/SKILL.md', mcp: null },
  cursor: {
    skill: agents,
    mcp: { path: '.cursor/mcp.json', format: 'json', typed: false, reference: (variable) => `\${env:${variable}}` },
  },
  generic: { skill: agents, mcp: mcpJson },
};
