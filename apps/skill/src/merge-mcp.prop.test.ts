import { fc, test } from '@fast-check/vitest';
import { parse as parseToml, stringify } from 'smol-toml';
import { expect } from 'vitest';
import { hostLayouts } from './host-layouts.ts';
import { mcpEntry } from './mcp-entry.ts';
import { mergeMcp } from './merge-mcp.ts';

const mailbox = { base: 'http://localhost:4101', id: 'a.12345678', wantsToken: true };
const json = { format: 'json', entry: mcpEntry(hostLayouts.claude.mcp!, mailbox) } as const;
const toml = { format: 'toml', entry: mcpEntry(hostLayouts.codex.mcp!, mailbox) } as const;

const textOf = (merged: ReturnType<typeof mergeMcp>): string | null => {
  if ('problem' in merged) throw new Error(merged.problem);
  return merged.text;
};

const key = fc.string({ minLength: 1, maxLength: 8 }).filter((each) => !['xmtp', '__proto__'].includes(each));
const value = fc.oneof(fc.string(), fc.integer({ max: 1e9, min: -1e9 }), fc.boolean());
const servers = fc.dictionary(key, fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true }), {
  maxKeys: 3,
  noNullPrototype: true,
});
const spaces = fc.constantFrom(undefined, 2, 4, '\t');

test.prop([servers, spaces])('no server of others is lost from JSON', (others, indent) => {
  const text = JSON.stringify({ mcpServers: others, more: [1] }, null, indent);
  const merged = textOf(mergeMcp(text, json))!;
  const { xmtp, ...kept } = (JSON.parse(merged) as { mcpServers: Record<string, unknown> }).mcpServers;
  expect([kept, JSON.parse(merged).more]).toEqual([others, [1]]);
  expect(xmtp).toHaveProperty('url');
  const without = JSON.parse(textOf(mergeMcp(merged, { ...json, entry: null }))!) as object;
  expect(without).toEqual({ ...(Object.keys(others).length === 0 ? {} : { mcpServers: others }), more: [1] });
});

test.prop([servers])('no server of others is lost from TOML', (others) => {
  const text = stringify({ model: 'o', mcp_servers: others });
  const merged = textOf(mergeMcp(text, toml))!;
  const { xmtp, ...kept } = parseToml(merged)['mcp_servers'] as Record<string, unknown>;
  expect(JSON.stringify(kept)).toBe(JSON.stringify(parseToml(text)['mcp_servers'] ?? {}));
  expect(xmtp).toHaveProperty('url');
  const without = parseToml(textOf(mergeMcp(merged, { ...toml, entry: null }))!);
  expect(JSON.stringify(without['mcp_servers'] ?? {})).toBe(JSON.stringify(kept));
});
