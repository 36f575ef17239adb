import { isDeepStrictEqual } from 'node:util';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { type McpEntry, mcpName, type McpProblem } from './mcp-entry.ts';
import { removeMember } from './remove-member.ts';

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
  const { mcpServers: __, ...rest } = document;
  if (entry === null) {
    const without = removeMember(text, ['mcpServers', mcpName]);
    const next = isEmptyList.test(without) ? removeMember(without, ['mcpServers']) : without;
    const left = next === without ? { ...rest, mcpServers: others } : rest;
    return isDeepStrictEqual(readObject(next), left)
      ? { text: /^\s*\{\s*\}\s*$/u.test(next) ? null : next }
      : { problem: 'unreadable' };
  }
  const wanted = valueOf(entry, before);
  const next = applyEdits(text, modify(text, ['mcpServers', mcpName], wanted, { formattingOptions: styleOf(text) }));
  const left = { ...rest, mcpServers: { ...servers, [mcpName]: wanted } };
  // A key that is there twice, and whatever else an edit in place cannot mean.
  return isDeepStrictEqual(readObject(next), left) ? { text: next } : { problem: 'unreadable' };
}

/** Nothing in it, not even a comment. */
const isEmptyList = /"mcpServers"\s*:\s*\{\s*\}/u;

/** What somebody added to it, such as that it is off, stays. */
const valueOf = ({ typed, url, headers }: McpEntry, before: Servers = {}) => ({
  ...before,
  ...(typed ? { type: 'http' } : {}),
  url,
  headers,
});

/** No other server asks for this header. */
function isOurs(server: unknown): server is Servers {
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
