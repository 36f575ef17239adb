import type { McpEntry, McpProblem } from './mcp-entry.ts';
import { mergeMcpJson } from './merge-mcp-json.ts';
import { mergeMcpToml } from './merge-mcp-toml.ts';

/**
 * A list of MCP servers with the mailbox in it, or without. All else in it stays as it is, comments too.
 * @param present What is there now, `null` for nothing.
 * @param entry `null`: it should not be there; a server of this name that is somebody else's stays.
 * @returns the text, `null` when nothing would be left
 */
export function mergeMcp(
  present: string | null,
  { format, entry }: { format: 'json' | 'toml'; entry: McpEntry | null },
): { text: string | null } | { problem: McpProblem } {
  const merge = format === 'json' ? mergeMcpJson : mergeMcpToml;
  if (present?.startsWith(byteOrderMark) !== true) return merge(present, entry);
  const merged = merge(present.slice(1), entry);
  return 'text' in merged && merged.text !== null ? { text: byteOrderMark + merged.text } : merged;
}

/** Windows' editors begin with it. */
const byteOrderMark = '\uFEFF';
