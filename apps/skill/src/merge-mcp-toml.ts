import { isDeepStrictEqual } from 'node:util';
import { parse, type TomlTable } from 'smol-toml';
import { marker } from './marker.ts';
import { type McpEntry, mcpName, type McpProblem } from './mcp-entry.ts';

const begin = `# ${mcpName}: ${marker}`;
const end = `# end of ${mcpName}`;
const ours = new RegExp(`(?:\\r?\\n)*${begin.replaceAll('.', '\\.')}\\r?\\n[^]*?${end}(?:\\r?\\n|$)`, 'u');

/** `mergeMcp` for `[mcp_servers.NAME]`: a few lines of ours at the end, between two comments. */
export function mergeMcpToml(
  present: string | null,
  entry: McpEntry | null,
): { text: string | null } | { problem: McpProblem } {
  const text = present ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const without = text.replace(ours, eol).replace(/^\s+$/u, '');
  const document = readTable(without);
  if (entry === null) return { text: without === '' ? null : ours.test(text) ? without : present };
  const servers = document?.['mcp_servers'] ?? {};
  if (document === null || !isTable(servers)) return { problem: 'unreadable' };
  if (servers[mcpName] !== undefined) return { problem: 'foreign' };
  const lines = [begin, `[mcp_servers.${mcpName}]`, ...linesOf(entry), end, ''];
  const kept = without === '' ? '' : `${without.replace(/\s+$/u, '')}${eol}${eol}`;
  const next = `${kept}${lines.join(eol)}`;
  // Where the list is an inline table, nothing can be added to it below.
  const wanted = { ...document, mcp_servers: { ...servers, [mcpName]: readTable(linesOf(entry).join('\n')) } };
  // Clones, for the tables of the parser have no prototype.
  return isDeepStrictEqual(structuredClone(readTable(next)), structuredClone(wanted))
    ? { text: next }
    : { problem: 'unreadable' };
}

function linesOf({ url, headers, tokenVariable }: McpEntry): string[] {
  const pairs = Object.entries(headers).map(([name, value]) => `${quoted(name)} = ${quoted(value)}`);
  return [
    `url = ${quoted(url)}`,
    `http_headers = { ${pairs.join(', ')} }`,
    ...(tokenVariable === undefined ? [] : [`bearer_token_env_var = ${quoted(tokenVariable)}`]),
  ];
}

// The same in both languages for what stands here: URLs, names and ids.
const quoted = (value: string): string => JSON.stringify(value);

function readTable(text: string): TomlTable | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
