import { isDeepStrictEqual } from 'node:util';
import { parse, type TomlTable } from 'smol-toml';
import { marker } from './marker.ts';
import { type McpEntry, mcpName, type McpProblem } from './mcp-entry.ts';

const begin = `# ${mcpName}: ${marker}`;
const header = `[mcp_servers.${mcpName}]`;
const end = `# end of ${mcpName}`;

/** `mergeMcp` for `[mcp_servers.NAME]`: a few lines of ours at the end, between two comments. */
export function mergeMcpToml(
  present: string | null,
  entry: McpEntry | null,
): { text: string | null } | { problem: McpProblem } {
  const text = present ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const document = readTable(text);
  const servers = document?.['mcp_servers'] ?? {};
  if (document === null || !isTable(servers)) return entry === null ? { text: present } : { problem: 'unreadable' };
  const without = withoutOurs(text, eol);
  if (without === null) {
    if (entry === null) return { text: present };
    if (servers[mcpName] !== undefined) return { problem: 'foreign' };
  }
  const rest = without ?? text;
  const { [mcpName]: _, ...others } = servers;
  // A key below our lines stands in our table, and must not get into the one above.
  if (!isSame(readTable(rest), { ...document, mcp_servers: others })) return { problem: 'unreadable' };
  if (entry === null) return { text: rest.trim() === '' ? null : rest };
  const lines = [begin, header, ...linesOf(entry), end, ''];
  const kept = rest.trim() === '' ? '' : `${rest.replace(/\s+$/u, '')}${eol}${eol}`;
  const next = `${kept}${lines.join(eol)}`;
  // Where the list is an inline table, nothing can be added to it below.
  const wanted = { ...document, mcp_servers: { ...others, [mcpName]: readTable(linesOf(entry).join('\n')) } };
  return isSame(readTable(next), wanted) ? { text: next } : { problem: 'unreadable' };
}

/**
 * What is left without our lines, `null` when there are none. They end where the next table begins, also before our last comment: other programs
 * put a new table there.
 */
function withoutOurs(text: string, eol: string): string | null {
  const lines = text.split(/(?<=\n)/u);
  const plain = lines.map((line) => line.replace(/\r?\n$/u, ''));
  const from = plain.indexOf(begin);
  if (from < 0) return null;
  const isBehind = (line: string, at: number) =>
    at > from && (line === end || (/^\s*\[/u.test(line) && line !== header));
  const to = plain.findIndex(isBehind);
  const others = to < 0 ? [] : lines.filter((_, at) => at >= to && plain[at] !== end);
  const before = lines.slice(0, from).join('').trimEnd();
  return [before === '' ? '' : before + eol, ...(before === '' || others.length === 0 ? [] : [eol]), ...others].join(
    '',
  );
}

/** Clones, for the tables of the parser have no prototype. A list of no servers is none. */
function isSame(one: TomlTable | null, other: object): boolean {
  const [left, right] = [one, other].map((each) => {
    const { mcp_servers: servers = {}, ...rest } = structuredClone(each ?? { no: 'table' }) as Record<string, object>;
    return Object.keys(servers).length === 0 ? rest : { ...rest, mcp_servers: servers };
  });
  return isDeepStrictEqual(left, right);
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
