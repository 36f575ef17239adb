import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { hostLayouts } from './host-layouts.ts';
import { mcpEntry } from './mcp-entry.ts';
import { mergeMcp } from './merge-mcp.ts';

const mailbox = { base: 'http://localhost:4101', id: 'a.12345678', wantsToken: true };
const json = { format: 'json', entry: mcpEntry(hostLayouts.claude.mcp!, mailbox) } as const;
const cursor = { format: 'json', entry: mcpEntry(hostLayouts.cursor.mcp!, mailbox) } as const;
const toml = { format: 'toml', entry: mcpEntry(hostLayouts.codex.mcp!, mailbox) } as const;

const textOf = (merged: ReturnType<typeof mergeMcp>): string | null => {
  if ('problem' in merged) throw new Error(merged.problem);
  return merged.text;
};

test('what each host is told, with the token by its name alone', () => {
  expect(textOf(mergeMcp(null, json))).toMatchInlineSnapshot(`
    "{
      "mcpServers": {
        "xmtp": {
          "type": "http",
          "url": "http://localhost:4101/mcp",
          "headers": {
            "Xmtp-Agent": "a.12345678",
            "Authorization": "Bearer \${XMTP_API_TOKEN:-}"
          }
        }
      }
    }
    "
  `);
  expect(textOf(mergeMcp(null, cursor))).toContain('"Authorization": "Bearer ${env:XMTP_API_TOKEN}"');
  expect(textOf(mergeMcp(null, toml))).toMatchInlineSnapshot(`
    "# xmtp: Written by "skill deploy" from the team file; changes made here are overwritten.
    [mcp_servers.xmtp]
    url = "http://localhost:4101/mcp"
    http_headers = { "Xmtp-Agent" = "a.12345678" }
    bearer_token_env_var = "XMTP_API_TOKEN"
    # end of xmtp
    "
  `);
  const open = mcpEntry(hostLayouts.codex.mcp!, { ...mailbox, wantsToken: false });
  expect(textOf(mergeMcp(null, { ...toml, entry: open }))).not.toContain('XMTP_API_TOKEN');
});

const jsonFile = `{
\t// mine
\t"mcpServers": {
\t\t"other": { "command": "node", "env": { "KEY": "s" } }, // of mine
\t},
\t"inputs": []
}
`;
const tomlFile = `# mine
model = "o"

[mcp_servers.other] # of mine
command = "node"

[mcp_servers.other.env]
KEY = "s"
`;

test.each([
  ['json', jsonFile, json],
  ['json with Windows line ends', jsonFile.replaceAll('\n', '\r\n'), json],
  ['toml', tomlFile, toml],
  ['toml with Windows line ends', tomlFile.replaceAll('\n', '\r\n'), toml],
] as const)('in %s all else stays as it was, with its comments, and comes back when ours goes', (_, text, merge) => {
  const merged = textOf(mergeMcp(text, merge))!;
  for (const line of text.split('\n').filter((each) => each.includes('mine') && !each.includes('},')))
    expect(merged).toContain(line);
  expect(merged).toContain('http://localhost:4101/mcp');
  const ends = text.includes('\r\n') ? '\r\n' : '\n';
  expect(new Set(merged.match(/\r?\n/gu))).toEqual(new Set([ends]));
  expect(textOf(mergeMcp(merged, merge))).toBe(merged);
  const without = textOf(mergeMcp(merged, { ...merge, entry: null }))!;
  expect(without.replaceAll(/,?\s/gu, '')).toBe(text.replaceAll(/,?\s/gu, ''));
});

test.each([
  ['json', '{"mcpServers": {"xmtp": {"command": "mine"}}}', json, 'foreign'],
  ['json', '{"mcpServers": [', json, 'unreadable'],
  ['json', '[]', json, 'unreadable'],
  ['json', '{"mcpServers": []}', json, 'unreadable'],
  ['json', '{"mcpServers": {"a": {}}, "mcpServers": {}}', json, 'unreadable'],
  ['toml', '[mcp_servers.xmtp]\nurl = "https://mine.example"\n', toml, 'foreign'],
  ['toml', 'mcp_servers = { other = { url = "https://x.example" } }\n', toml, 'unreadable'],
  ['toml', 'a = \n', toml, 'unreadable'],
] as const)('%s that is not for us to change stays: %s', (_, text, merge, problem) => {
  expect(mergeMcp(text, merge)).toEqual({ problem });
  expect(mergeMcp(text, { ...merge, entry: null })).toEqual({ text });
});

test('a list that held nothing else goes', () => {
  for (const merge of [json, toml])
    expect(mergeMcp(textOf(mergeMcp(null, merge)), { ...merge, entry: null })).toEqual({ text: null });
  expect(mergeMcp(null, { ...json, entry: null })).toEqual({ text: null });
});

const remove = (text: string, merge: typeof json | typeof toml) => mergeMcp(text, { ...merge, entry: null });

// `codex mcp add` writes what is new after the last table, and before the comments that end the file.
test('a server that another program wrote between our two comments is not ours', () => {
  const merged = textOf(mergeMcp(tomlFile, toml))!;
  const later = '\n[mcp_servers.later]\ncommand = "later"\n';
  const mixed = merged.replace(/(?=# end of xmtp)/u, later);
  const again = textOf(mergeMcp(mixed, toml))!;
  expect(parseToml(again)).toEqual(parseToml(mixed));
  expect(again.match(/# end of xmtp/gu)).toHaveLength(1);
  expect(textOf(mergeMcp(again, toml))).toBe(again);
  for (const text of [mixed, again]) {
    const without = textOf(remove(text, toml))!;
    expect(parseToml(without)).toEqual(parseToml(tomlFile + later));
    expect(without).not.toContain('xmtp');
  }
});

test('without its last comment, or with keys of somebody else in it, ours is found, and moves nothing into another table', () => {
  const merged = textOf(mergeMcp(tomlFile, toml))!;
  const open = merged.replace('# end of xmtp\n', '');
  expect(parseToml(textOf(mergeMcp(open, toml))!)).toEqual(parseToml(merged));
  expect(parseToml(textOf(remove(open, toml))!)).toEqual(parseToml(tomlFile));
  // It is no key of the file: it stands in our table, and would stand in the one before.
  const trailing = `${merged}model = "mine"\n`;
  expect(mergeMcp(trailing, toml)).toEqual({ problem: 'unreadable' });
  expect(remove(trailing, toml)).toEqual({ problem: 'unreadable' });
});

test.each([
  ['before ours', '{\n  "mcpServers": {\n    "a": {},\n    // "mine": {},\n    OURS\n  }\n}\n'],
  ['behind ours', '{\n  "mcpServers": {\n    OURS,\n    // "mine": {},\n    "a": {}\n  }\n}\n'],
  ['beside ours alone', '{\n  "mcpServers": {\n    // "mine": {},\n    OURS\n    /* mine */\n  }\n}\n'],
  ['behind a last comma', '{\n  "mcpServers": {\n    "a": {},\n    OURS, // "mine"\n  },\n}\n'],
])('a comment of somebody else %s stays when ours goes', (_, text) => {
  const ours = `"xmtp": {"url": "", "headers": {"Xmtp-Agent": "a"}}`;
  const without = textOf(remove(text.replace('OURS', ours), json))!;
  expect(without).toContain('mine');
  expect(without).not.toContain('xmtp');
  expect(textOf(mergeMcp(without, json))).toContain('mine');
});

test('what somebody added to our server in JSON stays until it goes', () => {
  const merged = textOf(mergeMcp(jsonFile, json))!;
  const edited = merged.replace('"type": "http"', '"disabled": true,\n\t\t\t"type": "http"');
  const moved = { ...json, entry: { ...json.entry, url: 'http://localhost:4102/mcp' } };
  const again = textOf(mergeMcp(edited, moved))!;
  expect(again).toContain('"disabled": true');
  expect(again).toContain('http://localhost:4102/mcp');
  expect(textOf(remove(again, json))).not.toContain('disabled');
});

test.each([
  ['json', jsonFile, json],
  ['toml', tomlFile, toml],
] as const)('a byte order mark before %s stays', (_, text, merge) => {
  const merged = textOf(mergeMcp(`\uFEFF${text}`, merge))!;
  expect(merged).toBe(`\uFEFF${textOf(mergeMcp(text, merge))}`);
  expect(textOf(remove(merged, merge))).toMatch(/^\uFEFF[^\uFEFF]/u);
});
