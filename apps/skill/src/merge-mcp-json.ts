import { isDeepStrictEqual } from 'node:util';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { type McpEntry, mcpName, type McpProblem } from './mcp-entry.ts';

type Servers = Record<string, unknown>;

/** `mergeMcp` for `{"mcpServers": …}`, with or without comments. */
export function mergeMcpJson(
  present: string | null,
  entry: McpEntry | null,
): { text: string | null } | { problem: McpProblem } {
  const text = present === null || present.trim() === '' ? '{}\n' : present;
  const document = readObject(text);
  const servers = document?.['mcpServers'] ?? {};
  if (document === null || !isObject(servers)) return entry === null ? { text: present } : { problem: 'unreadable' };
  const before = servers[mcpName];
  if (before !== undefined && !isOurs(before)) return entry === null ? { text: present } : { problem: 'foreign' };
  if (entry === null && before === undefined) return { text: present };

  const { [mcpName]: _, ...others } = servers;
  const isLast = entry === null && Object.keys(others).length === 0;
  const path = isLast ? ['mcpServers'] : ['mcpServers', mcpName];
  const wanted = entry === null ? undefined : valueOf(entry);
  const next = applyEdits(text, modify(text, path, wanted, { formattingOptions: styleOf(text) }));
  const { mcpServers: __, ...rest } = document;
  const left = wanted === undefined ? others : { ...servers, [mcpName]: wanted };
  // A key that is there twice, and whatever else an edit in place cannot mean.
  if (!isDeepStrictEqual(readObject(next), isLast ? rest : { ...rest, mcpServers: left }))
    return { problem: 'unreadable' };
  return { text: /^\s*\{\s*\}\s*$/u.test(next) ? null : next };
}

const valueOf = ({ typed, url, headers }: McpEntry) => ({ ...(typed ? { type: 'http' } : {}), url, headers });

/** No other server asks for this header. */
function isOurs(server: unknown): boolean {
  return isObject(server) && isObject(server['headers']) && 'Xmtp-Agent' in server['headers'];
}

function readObject(text: string): Servers | null {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && isObject(value) ? value : null;
}

function isObject(value: unknown): value is Servers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the file is indented already. */
function styleOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /\n([ \t]+)["/]/u.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.includes('\t'),
    tabSize: indent.includes('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
