import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { deploy, type DeployOptions } from './deploy.ts';

const one = 'defaults: {skills: [xmtp]}\nagents: [{name: a}]\n';
const two = 'defaults: {skills: [xmtp]}\nagents: [{name: a}, {name: b}]\n';

async function start(team: string) {
  const folder = await temporaryDirectory();
  const write = async (path: string, text: string | Buffer) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write('team.yaml', team);
  for (const name of ['a', 'b']) await write(`.env.${name}`, `OWS_WALLET=${name}\n`);
  return {
    folder,
    write,
    run: (options: Partial<DeployOptions> = {}) =>
      deploy({ team: join(folder, 'team.yaml'), isFree: async () => true, ...options }),
    read: (path: string) => readFile(join(folder, path), 'utf8'),
    /** What is in the places of hosts. */
    list: async () => {
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      const paths = files.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
      const own = /^(?:team\.yaml|\.env\.[ab]|\.agents\/[ab]\/(?:skills\/xmtp\/SKILL\.md|xmtp\.env|hosts\.jsonc))$/u;
      return paths
        .map((path) => path.slice(folder.length + 1))
        .filter((path) => !own.test(path))
        .toSorted();
    },
  };
}

test.each([
  ['claude', ['.claude/skills/xmtp/SKILL.md', '.mcp.json']],
  ['codex', ['.agents/skills/xmtp/SKILL.md', '.codex/config.toml']],
  ['cursor', ['.agents/skills/xmtp/SKILL.md', '.cursor/mcp.json']],
  ['generic', ['.agents/skills/xmtp/SKILL.md', '.mcp.json']],
  ['openclaw', ['skills/xmtp/SKILL.md']],
] as const)('for %s the skill is where it looks, and all goes when the agent loses its wallet', async (host, files) => {
  const { run, list, read, write } = await start(one);
  const report = await run({ for: [host], mcp: true });
  expect(await list()).toEqual(files);
  expect(report.agents).toMatchObject([{ hosts: { for: [host], mcp: true } }]);
  expect(await read(files[0])).toBe(await read('.agents/a/skills/xmtp/SKILL.md'));
  // The next one goes on with it, as `up` does.
  expect((await run()).agents[0]?.files.map(({ state }) => state)).toEqual(Array(files.length + 3).fill('unchanged'));
  await write('.env.a', 'OWS_WALLET=\n');
  expect((await run()).agents[0]?.files.map(({ state }) => state)).toEqual(Array(files.length + 3).fill('removed'));
  expect(await list()).toEqual([]);
});

test('other servers of a list stay, in a file that only its owner may read, and so does a skill of somebody else', async () => {
  const { run, read, write, folder, list } = await start(one);
  await write('.mcp.json', '{"mcpServers": {"mine": {"command": "x", "env": {"KEY": "secret"}}}}');
  await chmod(join(folder, '.mcp.json'), 0o600);
  await write('.claude/skills/mine/SKILL.md', 'mine');
  await run({ for: ['claude'], mcp: true });
  expect(JSON.parse(await read('.mcp.json')).mcpServers).toMatchObject({ mine: { env: { KEY: 'secret' } }, xmtp: {} });
  expect((await stat(join(folder, '.mcp.json'))).mode & 0o777).toBe(0o600);
  // Without MCP, then without the host.
  await run({ mcp: false });
  expect(JSON.parse(await read('.mcp.json')).mcpServers).toEqual({ mine: { command: 'x', env: { KEY: 'secret' } } });
  await run({ for: [] });
  expect(await list()).toEqual(['.claude/skills/mine/SKILL.md', '.mcp.json']);
});

test('agents of a team have a folder each, and what moved is not left behind', async () => {
  const { run, list, write } = await start(one);
  await run({ for: ['claude'] });
  await write('team.yaml', two);
  await run({ for: ['claude', 'openclaw'] });
  expect(await list()).toEqual(['.agents/a/.claude/skills/xmtp/SKILL.md', '.agents/b/.claude/skills/xmtp/SKILL.md']);
  await write('team.yaml', two.replace('name: a', 'name: a, xmtp: {workspace: "work/${name}"}'));
  const report = await run();
  expect(report.agents[0]?.files.filter(({ state }) => state !== 'unchanged')).toEqual([
    { path: '.agents/a/hosts.jsonc', state: 'updated' },
    { path: 'work/a/.claude/skills/xmtp/SKILL.md', state: 'created' },
    { path: 'work/a/skills/xmtp/SKILL.md', state: 'created' },
    { path: '.agents/a/.claude/skills/xmtp/SKILL.md', state: 'removed' },
  ]);
});

test('two agents that exchange their folders keep what they have', async () => {
  const at = (a: string, b: string) =>
    `defaults: {skills: [xmtp], xmtp: {for: claude}}\nagents: [{name: a, xmtp: {workspace: ${a}}}, {name: b, xmtp: {workspace: ${b}}}]\n`;
  const { run, write, read, list } = await start(at('x', 'y'));
  await run();
  await write('team.yaml', at('y', 'x'));
  await run();
  expect(await list()).toEqual(['x/.claude/skills/xmtp/SKILL.md', 'y/.claude/skills/xmtp/SKILL.md']);
  expect(await read('x/.claude/skills/xmtp/SKILL.md')).toContain('mailbox of b');
  // Also where one alone is deployed, nothing of the other is overwritten.
  await write('team.yaml', at('x', 'x'));
  for (const agent of [undefined, 'a', 'b'])
    await expect(run({ agent })).rejects.toMatchObject({ code: 'WORKSPACE_SHARED' });
  expect(await read('x/.claude/skills/xmtp/SKILL.md')).toContain('mailbox of b');
});

test.each([
  ['.claude/skills/xmtp/SKILL.md', 'mine', 'FILE_FOREIGN'],
  ['.mcp.json', '{"mcpServers": {"xmtp": {"command": "mine"}}}', 'FILE_FOREIGN'],
  ['.mcp.json', 'not JSON', 'CONFIG_UNREADABLE'],
  ['.mcp.json', Buffer.from('{"mcpServers": {"mine": {"env": {"NAME": "Jos\u00e9"}}}}', 'latin1'), 'CONFIG_UNREADABLE'],
  ['.mcp.json', Buffer.from('\uFEFF{}', 'utf16le'), 'CONFIG_UNREADABLE'],
])('%s with %s stays, and nothing is written', async (path, text, code) => {
  const { run, list, write, folder } = await start(one);
  await write(path, text);
  await expect(run({ for: ['claude'], mcp: true })).rejects.toMatchObject({ code });
  expect([await list(), await readFile(join(folder, path))]).toEqual([[path], Buffer.from(text)]);
});

test('a record that somebody else wrote leads nowhere', async () => {
  const { run, write, folder } = await start(one);
  const elsewhere = await temporaryDirectory();
  await mkdir(join(elsewhere, '.claude/skills/xmtp'), { recursive: true });
  await writeFile(join(elsewhere, '.claude/skills/xmtp/SKILL.md'), 'of somebody');
  await run({ for: ['claude'] });
  const record = await readFile(join(folder, '.agents/a/hosts.jsonc'), 'utf8');
  await write('.agents/a/hosts.jsonc', record.replace('"workspace": "."', `"workspace": "${elsewhere}"`));
  await run({ for: [] });
  expect(await readFile(join(elsewhere, '.claude/skills/xmtp/SKILL.md'), 'utf8')).toBe('of somebody');
});
