import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderSystemPrompt } from '@xmtp-messaging/inbound-guard';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { deploy, type DeployOptions } from './deploy.ts';

const twoAgents =
  'team: t\nxmtp: {boundary: json}\ndefaults: {skills: [xmtp]}\nagents: [{name: a}, {name: b, xmtp: {openMode: true, port: 4102}}]\n';
const skillPath = (name: string) => `.agents/${name}/skills/xmtp/SKILL.md`;

async function start(team: string, env = 'OWS_WALLET=w\n') {
  const folder = await temporaryDirectory();
  const file = join(folder, 'team.yaml');
  await writeFile(file, team);
  await writeFile(join(folder, '.env'), env);
  return {
    folder,
    setTeam: (text: string) => writeFile(file, text),
    run: (options: Partial<DeployOptions> = {}) => deploy({ team: file, isFree: async () => true, ...options }),
    read: (path: string) => readFile(join(folder, path), 'utf8'),
    list: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name),
  };
}

const states = (report: Awaited<ReturnType<typeof deploy>>) =>
  report.agents.map(({ name, outcome, files }) => [name, outcome, ...files.map(({ state }) => state)]);

test('deploys, finds everything unchanged the second time, and updates what changed', async () => {
  const { run, setTeam, list } = await start(twoAgents);
  expect(states(await run())).toEqual([
    ['a', 'deployed', 'created', 'created'],
    ['b', 'deployed', 'created', 'created'],
  ]);
  expect(states(await run())).toEqual([
    ['a', 'deployed', 'unchanged', 'unchanged'],
    ['b', 'deployed', 'unchanged', 'unchanged'],
  ]);
  await setTeam(twoAgents.replace('openMode: true', 'openMode: false'));
  expect(states(await run())).toEqual([
    ['a', 'deployed', 'unchanged', 'unchanged'],
    ['b', 'deployed', 'updated', 'updated'],
  ]);
  expect((await list()).toSorted()).toEqual(['.env', 'SKILL.md', 'SKILL.md', 'team.yaml', 'xmtp.env', 'xmtp.env']);
});

test('a dry run says the same and writes nothing', async () => {
  const { run, list } = await start(twoAgents);
  expect(states(await run({ dryRun: true }))).toEqual([
    ['a', 'deployed', 'created', 'created'],
    ['b', 'deployed', 'created', 'created'],
  ]);
  expect(await list()).toHaveLength(2);
});

test('the skill explains endpoints, mode and the static rules of the boundary', async () => {
  const { run, read } = await start(twoAgents);
  await run();
  const [closed, open] = [await read(skillPath('a')), await read(skillPath('b'))];
  for (const text of [closed, open]) {
    expect(text).toMatch(/^---\nname: xmtp\ndescription: \S[^\n:]*\ncompatibility: Needs \S[^\n]*\n---\n/);
    for (const path of [
      '/xmtp/send',
      '/xmtp/status',
      '/xmtp/messages?state=pending&',
      '/reply',
      '/ack',
      '/xmtp/prompt',
    ]) {
      expect(text).toContain(path);
    }
    expect(text).toContain(renderSystemPrompt({ mode: 'json' }));
  }
  expect(closed).toContain('Closed mode');
  // One wallet is one mailbox, and so one server.
  expect(closed).toContain('http://localhost:4102/xmtp/send');
  expect(open).toContain('Open mode');
  expect(open).toContain('http://localhost:4102/xmtp/send');
});

test('H4: the settings of the team reach the environment of the server', async () => {
  const { run, read } = await start(twoAgents);
  await run();
  expect(await read('.agents/a/xmtp.env')).toMatch(
    /\nOWS_WALLET=w\nXMTP_OPEN_MODE=false\nXMTP_BOUNDARY_MODE=json\nXMTP_AGENT=a\.[0-9a-f]{8}\nPORT=4102\n$/,
  );
  expect(await read('.agents/b/xmtp.env')).toMatch(
    /\nXMTP_OPEN_MODE=true\nXMTP_BOUNDARY_MODE=json\nXMTP_AGENT=a\.[0-9a-f]{8}\nPORT=4102\n$/,
  );
});

test('agents with wallets of their own get servers of their own, the same again and again', async () => {
  const { run, read, setTeam, folder } = await start(
    'defaults: {skills: [xmtp]}\nagents: [{name: a}, {name: b}]\n',
    '',
  );
  for (const name of ['a', 'b', 'c']) await writeFile(join(folder, `.env.${name}`), `OWS_WALLET=${name}\n`);
  await run();
  const before = [await read(skillPath('a')), await read(skillPath('b'))];
  expect(before[0]).toContain('http://localhost:4101/');
  expect(before[1]).toContain('http://localhost:4102/');
  const id = /-H "Xmtp-Agent: (b\.[0-9a-f]{8})"/u.exec(before[1]!)![1]!;
  expect(await read('.agents/b/xmtp.env')).toContain(`\nXMTP_AGENT=${id}\nPORT=4102\n`);
  // Every command says whose mailbox it means.
  expect(before[1]!.match(/curl -/gu)?.length).toBe(before[1]!.match(/Xmtp-Agent: b\./gu)?.length);
  await setTeam('defaults: {skills: [xmtp]}\nagents: [{name: c}, {name: b}, {name: a}]\n');
  // Their own servers have the ports now.
  await run({ isFree: async (port) => port > 4102 });
  expect([await read(skillPath('a')), await read(skillPath('b'))]).toEqual(before);
  expect(await read(skillPath('c'))).toContain('http://localhost:4103/');
});

test('the wallet of the team file counts after .env.NAME and before .env', async () => {
  const team = 'defaults: {skills: [xmtp], env: {OWS_WALLET: "${name}-wallet"}}\nagents: [{name: a}, {name: b}]\n';
  const { run, folder } = await start(team);
  await writeFile(join(folder, '.env.b'), 'OWS_WALLET=mine\n');
  expect((await run()).agents).toMatchObject([
    { wallet: { name: 'a-wallet', source: 'team file' } },
    { wallet: { name: 'mine', source: '.env.b' } },
  ]);
});

test('an agent without the skill or without a wallet is skipped, and loses what it had', async () => {
  const { run, setTeam, list, folder } = await start(twoAgents);
  await run();
  await setTeam(twoAgents.replace('[xmtp]', '[wallet]'));
  expect((await run()).agents[0]).toEqual({
    name: 'a',
    outcome: 'skipped',
    reason: 'xmtp-not-in-skills',
    message: 'xmtp is not among its skills.',
    files: [
      { path: skillPath('a'), state: 'removed' },
      { path: '.agents/a/xmtp.env', state: 'removed' },
    ],
  });
  expect((await list()).toSorted()).toEqual(['.env', 'team.yaml']);
  await setTeam(twoAgents);
  await writeFile(join(folder, '.env'), '');
  expect((await run()).agents[0]).toMatchObject({ outcome: 'skipped', reason: 'wallet-unset', files: [] });
});

test('one agent alone can be deployed; a name that is not there is refused', async () => {
  const { run } = await start(twoAgents);
  expect(states(await run({ agent: 'b' }))).toEqual([['b', 'deployed', 'created', 'created']]);
  await expect(run({ agent: '../b' })).rejects.toMatchObject({ code: 'UNKNOWN_AGENT' });
});

test("somebody else's file is neither replaced nor removed, and nothing is written beside it", async () => {
  const { run, folder, read, list, setTeam } = await start(twoAgents);
  await mkdir(join(folder, '.agents/b/skills/xmtp'), { recursive: true });
  await writeFile(join(folder, skillPath('b')), 'mine');
  await expect(run()).rejects.toMatchObject({ code: 'FILE_FOREIGN' });
  expect(await list()).toHaveLength(3);
  await setTeam(twoAgents.replace('[xmtp]', '[]'));
  await run();
  expect(await read(skillPath('b'))).toBe('mine');
});

test('links do not lead files out of the folder', async () => {
  const elsewhere = await temporaryDirectory();
  for (const at of ['.agents', '.agents/a', '.agents/a/skills', '.agents/a/skills/xmtp', '.agents/a/xmtp.env']) {
    const { run, folder } = await start(twoAgents);
    await mkdir(join(folder, at, '..'), { recursive: true });
    await symlink(elsewhere, join(folder, at));
    await expect(run()).rejects.toMatchObject({ code: 'FOLDER_LINKED' });
  }
  expect(await readdir(elsewhere)).toEqual([]);
});

test('warns of open agents, shared wallets and shared ports', async () => {
  const { run, folder } = await start(twoAgents);
  expect((await run()).warnings).toEqual([
    'b is in open mode: anybody can write to it.',
    'a, b share the wallet w: they have one mailbox, and only one of their servers can run at a time.',
  ]);
  await writeFile(join(folder, '.env.b'), 'OWS_WALLET=other\n');
  expect((await run()).warnings).toEqual(['b is in open mode: anybody can write to it.']);
});

test('a missing team file and a bad one say so', async () => {
  const { run, setTeam } = await start(twoAgents);
  await expect(run({ team: '/nowhere/team.yaml' })).rejects.toMatchObject({ code: 'TEAM_UNREADABLE' });
  await setTeam(twoAgents.replace('openMode: true', 'openMode: "true"'));
  await expect(run()).rejects.toMatchObject({ code: 'TEAM_INVALID', issues: [{ line: 4 }] });
});

test.each([
  ['team.yaml', 'TEAM_UNREADABLE'],
  ['.env', 'ENV_UNREADABLE'],
  [skillPath('a'), 'FILE_UNWRITABLE'],
])('a pipe in the place of %s is an error, and nothing waits for it', async (path, code) => {
  const { run, folder } = await start(twoAgents);
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await rm(join(folder, path), { force: true });
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, path)]);
  await expect(run()).rejects.toMatchObject({ code, message: expect.stringContaining('not a regular file') });
});

test('a team file that a group shares is read', async () => {
  const { run, folder } = await start(twoAgents);
  await chmod(join(folder, 'team.yaml'), 0o666);
  expect((await run()).agents).toHaveLength(2);
});
