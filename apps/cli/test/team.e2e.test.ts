import { execFile, spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { findFreePort, sourceFlags } from '@xmtp-messaging/stage';
import { networkAt, patient, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { RunState } from '../src/team/run-state.ts';
import { openTerminal } from './open-terminal.ts';
import { run } from './run.ts';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const execute = promisify(execFile);
const names = ['ana', 'ben', 'cleo', 'dan'];

interface Agent {
  agent: string;
  url: string;
  address: string;
  pid: number;
  connected: boolean;
  restarts: number;
  pending: number;
}

let root: string;
let devnet: Devnet;
let place: { cwd: string; env: Record<string, string> };

beforeAll(async () => {
  root = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-messaging-cli-'));
  devnet = await createDevnet({ protocol: testProtocol });
  const cwd = join(root, 'team');
  const home = join(root, 'home');
  for (const folder of [cwd, home]) await mkdir(folder, { mode: 0o700 });
  place = { cwd, env: { HOME: home, PATH: process.env['PATH'] ?? '' } };
  // The file of the README, and the local network.
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const team = /```yaml\n([^]*?)```/u.exec(readme)![1]!;
  await writeFile(join(cwd, 'team.yaml'), `${team}xmtp: ${JSON.stringify(networkAt(devnet.url))}\n`);
});
afterAll(async () => {
  await devnet.close();
  await rm(root, { recursive: true, force: true });
});

// One that fails leaves its team to none of the others.
afterEach(async () => void (await run(['down'], place)));

/** `up`, as a user starts it. */
async function up(...more: string[]): Promise<Agent[]> {
  const { stdout } = await execute(
    process.execPath,
    [...sourceFlags, program, 'up', '-d', '-y', '--json', ...more],
    place,
  );
  return (JSON.parse(stdout) as { agents: Agent[] }).agents;
}

const status = async () => ((await run(['status', '--json'], place)).json() as { agents: Agent[] }).agents;

const words = async (agent: string) => {
  const { out } = await run(['inbox', '--json', '-a', agent], place);
  return out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /\| (.*)\n/u.exec((JSON.parse(line) as { text: string }).text)![1]);
};

const lower = ({ address }: Agent) => address.toLowerCase();
const homeOf = (homes: string, agent: Agent) => (name: string) => readFileSync(join(homes, lower(agent), name), 'utf8');

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    // In a container where nobody asks for the dead, they stay as zombies.
    return !/\) Z /u.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const supervisor = () => (JSON.parse(readFileSync(join(place.cwd, '.agents/up.json'), 'utf8')) as { pid: number }).pid;

/** What lives only as long as the team is up. */
const traces = () => [
  ...globSync(`${place.cwd}/.agents/{up,agents}.{json,lock}*`),
  ...globSync(`${place.env['HOME']}/.xmtp/*/server.json`),
];

test(
  'from an empty home one command brings the four up; they talk by name, and so they do again',
  { timeout: patient(180_000) },
  async () => {
    const first = await up();
    expect(first.map(({ agent, connected }) => [agent, connected])).toEqual(names.map((name) => [name, true]));

    // Each writes to the next, by its name in the team.
    for (const [index, name] of names.entries()) {
      const to = names[(index + 1) % 4]!;
      expect((await run(['send', '-a', name, to, `from ${name}`], place)).code).toBe(0);
    }
    for (const [index, name] of names.entries()) {
      const waited = await run(['wait', '-a', name, '--timeout', '60'], place);
      expect(waited.out).toContain(`| from ${names[(index + 3) % 4]}\n`);
    }
    // An agent finds them by name as well, without the command line.
    const { agent: id } = envOf('ana');
    const response = await fetch(`${first[0]!.url}/xmtp/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'xmtp-agent': id },
      body: JSON.stringify({ to: 'cleo', message: 'from a skill' }),
    });
    expect(await response.json()).toMatchObject({ ok: true, to: { address: first[2]!.address, source: 'hosts' } });
    expect((await run(['up', '-y'], place)).err).toContain('up already');
    expect((await run(['conversations', '-a', 'ana'], place)).out).toMatch(/ dm +ben +yes /u);
    expect(await run(['knocks', '-a', 'ana', '--json'], place)).toMatchObject({
      code: 0,
      out: expect.stringContaining('"knocks": []'),
    });

    // One page for all of them: a link opens it once, and leads to each as its operator.
    const page = await openPage([]);
    expect(page.agents.map(({ name }) => name)).toEqual(names);
    const sent = await page.ask('POST', '/agents/dan/xmtp/send', { to: 'ana', message: 'from the page' });
    expect(sent).toMatchObject([200, { ok: true, to: { address: first[0]!.address } }]);
    expect(await page.ask('GET', '/agents/dan/xmtp/audit?limit=1')).toMatchObject([200, { brokenAt: null }]);
    expect((await page.ask('GET', '/agents/nobody/xmtp/status'))[0]).toBe(404);
    for (const path of ['/agents', '/agents/dan/xmtp/status', '/agents/dan/xmtp/../../ana/xmtp/audit'])
      expect([path, (await fetch(page.url + path)).status]).toEqual([path, 401]);
    const foreign = { authorization: page.authorization, origin: 'https://evil.example' };
    expect((await fetch(`${page.url}/agents`, { headers: foreign })).status).toBe(403);
    // An agent's own server has its own.
    expect((await run(['open', 'ben'], place)).out).toMatch(new RegExp(`^${first[1]!.url}/#link=\\S+\n$`, 'u'));
    await run(['wait', '-a', 'ana', '--timeout', '20'], place);

    // A server that is killed comes back, and what was written to it meanwhile is there.
    const ben = first[1]!;
    process.kill(ben.pid, 'SIGKILL');
    for (const text of ['one', 'two']) await run(['send', '-a', 'ana', 'ben', text], place);
    const isBack = ({ agent, connected, pid }: Agent) => agent === 'ben' && connected && pid !== ben.pid;
    await waitFor(async () => (await status()).some(isBack), { timeoutMs: 90_000 });
    await waitFor(async () => (await words('ben')).length === 3, { timeoutMs: 30_000 });
    expect(await words('ben')).toEqual(['from ana', 'one', 'two']);

    // A backup while the server holds the home, sealed by nothing that travels; below one while nobody does, and the way back.
    const [file, key] = [join(root, 'ben.age'), join(root, 'key.txt')];
    const identity = await generateX25519Identity();
    await writeFile(key, `# of ben\n${identity}\n`, { mode: 0o600 });
    const backup = ['backup', 'ben', '--recipient', await identityToRecipient(identity), '--json', '--to'];
    expect((await run([...backup, file], place)).json()).toMatchObject({ ok: true, to: file, server: ben.url });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run([...backup, file], place)).toMatchObject({ code: 1 });

    const last = await status();
    const runner = supervisor();
    expect(await run(['down'], place)).toMatchObject({ code: 0, out: 'Stopped ana, ben, cleo, dan.\n' });
    expect([runner, ...last.map(({ pid }) => pid)].filter(isAlive)).toEqual([]);
    expect(await Promise.all(last.map(({ url }) => answers(Number(new URL(url).port))))).toEqual(Array(4).fill(false));
    expect(traces()).toEqual([]);
    expect((await run(['status'], place)).code).toBe(3);
    expect((await run([...backup, join(root, 'ben-2.age')], place)).json()).toMatchObject({
      ok: true,
      address: lower(ben),
    });
    const restore = ['restore', file, '--agent', 'ben', '--identity', key, '--json'];
    expect(await run(restore, place)).toMatchObject({
      code: 1,
      out: expect.stringContaining('there is a home already'),
    });
    const elsewhere = { ...place, env: { ...place.env, XMTP_HOME: join(root, 'elsewhere') } };
    const restored = (await run(restore, elsewhere)).json();
    expect(restored).toMatchObject({ ok: true, received: 3, pending: 3, home: join(root, 'elsewhere', lower(ben)) });
    const before = homeOf(join(place.env['HOME']!, '.xmtp'), ben);
    const kept = ['allowlist.yaml', 'boundary.key', 'encryption.key', 'operator.token', 'audit.log'];
    for (const name of kept) expect([name, homeOf(join(root, 'elsewhere'), ben)(name)]).toEqual([name, before(name)]);

    // Again: the same ports and addresses, and nothing lost.
    const second = await up();
    const where = ({ agent, url, address, connected }: Agent) => ({ agent, url, address, connected });
    expect(second.map(where)).toEqual(first.map(where));
    expect(await words('ben')).toEqual(['from ana', 'one', 'two']);

    // Whoever ran them is killed: they see that, and end.
    process.kill(supervisor(), 'SIGKILL');
    await waitFor(() => second.every(({ pid }) => !isAlive(pid)), { timeoutMs: 60_000 });
    expect(await run(['down'], place)).toMatchObject({ code: 3, err: expect.stringContaining('not up') });
    expect(traces()).toEqual([]);
    // It starts a dozen processes.
  },
);

test(
  'with --shared one process serves the four behind one port, with all that they had, and each by itself',
  { timeout: patient(180_000) },
  async () => {
    const before = await up('--shared');
    const origin = new URL(before[0]!.url).origin;
    expect(before.map(({ agent, url, connected }) => [agent, url, connected])).toEqual(
      names.map((name) => [name, `${origin}/agents/${name}`, true]),
    );
    expect(new Set(before.map(({ pid }) => pid)).size).toBe(1);
    expect(await words('ben')).toEqual(['from ana', 'one', 'two']);
    const skill = await readFile(join(place.cwd, '.agents/ana/skills/xmtp/SKILL.md'), 'utf8');
    expect(skill).toContain(`http://localhost:${new URL(origin).port}/agents/ana/xmtp/send"`);

    const page = await openPage(['ben']);
    expect([page.url, page.agents.map(({ name }) => name)]).toEqual([origin, names]);
    expect((await page.ask('GET', '/agents/ben/xmtp/audit'))[0]).toBe(200);

    // The process is killed, and heals; what was accepted while it was away, or before, is there.
    await run(['send', '-a', 'ana', 'cleo', 'before'], place);
    process.kill(before[0]!.pid, 'SIGKILL');
    await waitFor(async () => (await status()).every(({ connected, restarts }) => connected && restarts === 1), {
      timeoutMs: 90_000,
    });
    await run(['send', '-a', 'ana', 'cleo', 'after'], place);
    await waitFor(async () => (await words('cleo')).includes('after'));
    expect((await words('cleo')).slice(-2)).toEqual(['before', 'after']);

    // Whatever the servers wrote until now, one by one and together, is JSON, line by line; what the SDK's library prints is not among it.
    const logs = globSync(`${place.cwd}/.agents/{*/xmtp,server}.log`);
    const written = logs.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'));
    expect([logs.length, written.filter((line) => !line.startsWith('{"level":"') || !line.endsWith('}'))]).toEqual([
      5,
      [],
    ]);

    // Each line of the log is in the log of its agent.
    const lines = (await run(['logs', 'ana', '-n', '1000', '--json'], place)).out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { agent: string }).agent)).toContain('ana');
    expect(lines.filter((line) => (JSON.parse(line) as { agent: string }).agent !== 'ana')).toEqual([]);
    expect((await run(['logs', '-n', '1000'], place)).out).toMatch(/^\* .*server-listening/mu);

    const [{ pid }] = (await status()) as [Agent];
    const runner = supervisor();
    expect(await run(['down'], place)).toMatchObject({ code: 0, out: 'Stopped ana, ben, cleo, dan.\n' });
    expect([runner, pid].filter(isAlive)).toEqual([]);
    expect(await answers(Number(new URL(origin).port))).toBe(false);
    expect(traces()).toEqual([]);
  },
);

test(
  'on a terminal a table stays below the logs; Ctrl-C, and a terminal that is closed, leave nothing behind',
  { timeout: patient(180_000) },
  async () => {
    const command: [string, ...string[]] = [process.execPath, ...sourceFlags, program, 'up', '--shared'];
    const pids = () =>
      (JSON.parse(readFileSync(join(place.cwd, '.agents/up.json'), 'utf8')) as RunState).agents[0]!.pid!;
    const started = (text: () => string) => waitFor(() => text().includes('server-listening'), { timeoutMs: 90_000 });

    const first = openTerminal(command, { ...place, env: { ...place.env, TERM: 'xterm', NO_COLOR: '1' } });
    await waitFor(() => /AGENT +ADDRESS +PORT[^]*dan .*connected/u.test(first.shown()), { timeoutMs: 90_000 });
    const own = pids();
    const before = first.shown().length;
    first.resize({ rows: 20, columns: 60 });
    // It is drawn anew for the width that there is now: no line of a frame is longer.
    await waitFor(() => first.shown().slice(before).includes('AGENT'));
    const styled = String.raw`\x1b\[(?:1|3\d|9\d)m`;
    expect(first.shown()).not.toMatch(new RegExp(styled, 'u'));
    first.type('\u0003');
    expect(await first.ended).toBe(0);
    expect([isAlive(own), traces()]).toEqual([false, []]);

    const second = openTerminal(command, { ...place, env: { ...place.env, TERM: 'xterm' } });
    await started(second.shown);
    const [runner, theirs] = [supervisor(), pids()];
    second.hangUp();
    await second.ended;
    await waitFor(() => ![runner, theirs].some(isAlive), { timeoutMs: 30_000 });
    expect(traces()).toEqual([]);
  },
);

/** The page behind the link that `open` prints, as a browser asks it. */
async function openPage(args: readonly string[]) {
  const { url: link } = (await run(['open', ...args, '--json'], place)).json() as { url: string };
  const { origin: url, hash } = new URL(link);
  const exchange = async () =>
    await fetch(`${url}/xmtp/page/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ code: hash.slice('#link='.length) }),
    });
  const { token, view } = (await (await exchange()).json()) as { token: string; view: string };
  expect([view, (await exchange()).status]).toEqual(['team', 409]);
  const authorization = `Bearer ${token}`;
  const ask = async (method: string, path: string, body?: object): Promise<[number, Record<string, unknown>]> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return [response.status, (await response.json()) as Record<string, unknown>];
  };
  const [, { agents }] = await ask('GET', '/agents');
  return { url, authorization, ask, agents: agents as { name: string }[] };
}

function envOf(name: string): { agent: string } {
  const text = readFileSync(join(place.cwd, `.agents/${name}/xmtp.env`), 'utf8');
  return { agent: /^XMTP_AGENT=(.*)$/mu.exec(text)![1]! };
}

test('two agents on one wallet are refused with the reason, and nothing is left behind', async () => {
  const cwd = join(root, 'shared');
  await mkdir(cwd);
  const team = 'defaults: {skills: [xmtp], env: {OWS_WALLET: one}}\nagents: [{name: a}, {name: b}]\n';
  await writeFile(join(cwd, 'team.yaml'), team);
  const refused = await run(['up', '--yes', '--json'], { ...place, cwd });
  expect(refused.code).toBe(2);
  expect(refused.json()).toMatchObject({ ok: false, error: { code: 'WALLET_SHARED', agents: ['a', 'b'] } });
  expect(existsSync(join(cwd, '.agents'))).toBe(false);
});

test.each([[undefined], ['n'], ['']])('wallets are made only by who agrees; the answer is %j', async (answer) => {
  const cwd = await mkdtemp(join(root, 'asked-'));
  await writeFile(join(cwd, 'team.yaml'), 'defaults: {skills: [xmtp], env: {OWS_WALLET: new}}\nagents: [{name: a}]\n');
  const env = { ...place.env, HOME: cwd };
  const refused = await run(['up'], { cwd, env, ...(answer === undefined ? {} : { answer }) });
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('has no wallet "new"') });
  expect(existsSync(join(cwd, '.agents'))).toBe(false);
  expect((await run(['wallet', 'list', '--json'], { cwd, env })).json()).toEqual({ wallets: [] });
});

test.each(['--no-shared', '--shared'])(
  'a unit of systemd starts a server as it is written (%s)',
  async (how) => {
    const out = join(root, `units${how}`);
    // A test before this one that failed may have left its team up; the wallet is there, unless this one runs alone.
    await run(['down'], place);
    await run(['wallet', 'create', 'ana-wallet'], place);
    const command = [process.execPath, '--conditions=@xmtp-messaging/source', '--disable-warning=ExperimentalWarning'];
    const server = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
    const exec = ['--target', 'systemd', '--out', out, '--exec', JSON.stringify([...command, server])];
    expect(await run(['deploy', how, ...exec], place)).toMatchObject({ code: 0 });
    const unit = how === '--shared' ? 'xmtp-messaging-crew' : 'xmtp-messaging-ana';
    const read = (name: string) => readFileSync(join(out, name), 'utf8');
    const line = /^ExecStart=(.+)$/mu.exec(read(`${unit}.service`))![1]!;
    // Nothing in it that systemd reads otherwise than a shell does.
    expect(line).not.toMatch(/[%$\\]/u);
    // What LoadCredential= and StateDirectory= do, without systemd.
    const credentials = join(out, 'credentials');
    await mkdir(credentials, { mode: 0o700 });
    const here = (text: string) =>
      text
        .replaceAll(`/run/credentials/${unit}.service`, credentials)
        .replaceAll(`/var/lib/${unit}`, place.env['HOME']!);
    const token = 'a1B2-only-for-this-test-Zz9';
    for (const [, key, source] of read(`${unit}.service`).matchAll(/^LoadCredential=([^:]+):(.+)$/gmu)) {
      const text = key === 'agents.json' ? here(read(source!.split('/').at(-1)!)) : token;
      await writeFile(join(credentials, key!), text, { mode: 0o600 });
    }
    // As it is written but for the port, which another team on this machine may have.
    const written = read(`${unit}.env`);
    const port = await findFreePort(20_000 + (process.pid % 10_000), new Set());
    expect(written).toMatch(/^PORT="\d+"$/mu);
    await writeFile(join(out, 'as-here.env'), here(written).replace(/^PORT=.*$/mu, `PORT="${port}"`));
    const child = spawn('/bin/sh', ['-c', `set -a; . ./as-here.env; exec ${line}`], {
      cwd: out,
      env: {},
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise((resolve) => void child.once('close', (code, signal) => resolve(code ?? signal)));
    const ask = async (path: string, headers: Record<string, string> = {}) =>
      (
        await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close', ...headers } }).catch(
          () => null,
        )
      )?.status;
    await waitFor(async () => (await ask('/readyz')) === 200, { timeoutMs: 60_000 });
    const status = how === '--shared' ? '/agents/ana/xmtp/status' : '/xmtp/status';
    expect(await ask(status)).toBe(401);
    expect(await ask(status, { authorization: `Bearer ${token}` })).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  },
  patient(120_000),
);

test('a passphrase that is typed is not shown, and asked for twice', { timeout: patient(90_000) }, async () => {
  const command = [
    process.execPath,
    ...sourceFlags,
    program,
    'backup',
    'nobody',
    '--to',
    join(root, 'none.age'),
  ] as const;
  const terminal = openTerminal(command, place);
  await waitFor(() => terminal.shown().includes('Passphrase of the backup: '), { timeoutMs: 30_000 });
  terminal.type('correct horse battery\r');
  await waitFor(() => terminal.shown().includes('Once more: '), { timeoutMs: 30_000 });
  terminal.type('another one\r');
  expect(await terminal.ended).toBe(2);
  expect(terminal.shown()).toContain('The two are not the same.');
  expect(terminal.shown()).not.toMatch(/horse|another/u);
});
