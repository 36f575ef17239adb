// Runs what `deploy --target compose` renders, with the engine of this machine: `npm run test:deploy -- --engine [--image REFERENCE]`. It builds the image unless one
// is named (NODE_IMAGE says from what), starts a team over a local network, lets it talk, and stops it in good order. DOCKER_HOST says which daemon; its containers must reach this machine.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { createDevnet } from '../packages/devnet/src/index.ts';
import { sourceFlags } from '../packages/stage/src/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { engine: { type: 'boolean' }, image: { type: 'string' } } });
const run = promisify(execFile);
const team = `engine-${randomBytes(3).toString('hex')}`;
const names = ['ana', 'ben'];
const work = await realpath(await mkdtemp(join(tmpdir(), 'test-engine-')));
const folder = join(work, 'deploy/compose');
const tokens = Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('hex')]));
const ports = Object.fromEntries(names.map((name, index) => [name, 20_000 + (process.pid % 10_000) + index]));
const docker = async (...args) => (await run('docker', args, { cwd: folder, maxBuffer: 1e8 })).stdout.trim();
const cli = async (home, ...args) => {
  const env = { PATH: process.env.PATH, HOME: home };
  return (
    await run(process.execPath, [...sourceFlags, join(root, 'apps/cli/src/main.ts'), ...args], { cwd: work, env })
  ).stdout;
};

await mkdir(folder, { recursive: true });
const image = values.image ?? (await build());
const host = hostAddress();
const devnet = await createDevnet({ host });
try {
  await render();
  say(`compose up: ${team}`);
  await docker('compose', 'up', '--detach', '--wait', '--wait-timeout', '120');
  const addresses = {};
  for (const name of names) {
    assert.equal((await ask(name, '/healthz', {})).status, 200);
    await until(async () => (await ask(name, '/readyz', {})).status === 200, `${name} is not ready`);
    assert.equal((await ask(name, '/xmtp/status', {})).status, 401);
    addresses[name] = (await (await ask(name, '/xmtp/status')).json()).address;
  }
  say('both are ready, and want their tokens');
  for (const [self, other] of [names, names.toReversed()])
    await docker('exec', `xmtp-${team}.xmtp-${self}`, 'xmtp-messaging', 'allow', addresses[other]);
  await send('ana', addresses.ben, 'before the restart');
  await until(async () => (await heard('ben')).includes('| before the restart'), 'nothing arrived');
  say('a message went from one container to the other');

  // What stops in good order ends with 0, keeps its volume, and reads what came meanwhile.
  await docker('compose', 'stop', 'xmtp-ben');
  assert.equal(await docker('inspect', '--format={{.State.ExitCode}}', `xmtp-${team}.xmtp-ben`), '0');
  await send('ana', addresses.ben, 'while it was away');
  await docker('compose', 'start', 'xmtp-ben');
  await until(async () => (await heard('ben')).includes('| while it was away'), 'what came meanwhile is not there');
  say('stopped with 0, started again, and read what came meanwhile');

  // A fixed name: a second one is refused by the engine.
  await assert.rejects(docker('compose', 'up', '--detach', '--scale', 'xmtp-ana=2', '--no-recreate'));
  // Killed without warning, it is started again, and goes on.
  const kill = String.raw`for (const pid of fs.readdirSync('/proc').map(Number).filter((pid) => pid > 1)) try {
    if (fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').startsWith('node\0/app/')) process.kill(pid, 'SIGKILL');
  } catch {}`;
  await docker('exec', `xmtp-${team}.xmtp-ana`, 'node', '-e', kill).catch(() => {});
  await until(
    async () => Number(await docker('inspect', '--format={{.RestartCount}}', `xmtp-${team}.xmtp-ana`)) > 0,
    'it was not killed',
  );
  await until(async () => (await ask('ana', '/readyz', {})).status === 200, 'it did not come back');
  await send('ana', addresses.ben, 'after it was killed');
  await until(
    async () => (await heard('ben')).includes('| after it was killed'),
    'nothing arrived after it was killed',
  );
  say('killed, started again by the engine, and went on');
  await docker('compose', 'stop');
  for (const name of names)
    assert.equal(await docker('inspect', '--format={{.State.ExitCode}}', `xmtp-${team}.xmtp-${name}`), '0');
  say('compose: all of it stopped in good order');
} catch (error) {
  process.stderr.write(`${await docker('compose', 'logs', '--tail', '40').catch(() => '')}\n`);
  throw error;
} finally {
  await docker('compose', 'down', '--volumes', '--timeout', '5').catch(() => {});
  await devnet.close();
  await rm(work, { recursive: true, force: true });
}

async function build() {
  const name = `local/${team}`;
  say(`building ${name}`);
  const from = process.env.NODE_IMAGE === undefined ? [] : ['--build-arg', `NODE_IMAGE=${process.env.NODE_IMAGE}`];
  const child = spawn('docker', ['build', '--network=host', ...from, '--tag', name, root], { stdio: 'inherit' });
  const [code] = await new Promise((resolve) => child.once('close', (...ended) => resolve(ended)));
  assert.equal(code, 0);
  return name;
}

/** An address of this machine that containers reach, whatever network Compose makes for them. */
function hostAddress() {
  const found = Object.values(networkInterfaces())
    .flat()
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  assert.ok(found, 'This machine has no address that containers could reach.');
  return found.address;
}

/** Team file, secrets and vaults, as docs/deploy.md says. */
async function render() {
  const network = { env: 'local', apiUrl: devnet.url };
  const agents = names.map((name) => ({ name, xmtp: { port: ports[name] } }));
  const file = {
    version: '1.0',
    team: { name: team },
    defaults: { skills: ['xmtp'], env: { OWS_WALLET: '${name}-wallet' } },
    xmtp: network,
    agents,
  };
  await writeFile(join(work, 'team.yaml'), JSON.stringify(file));
  await cli(work, 'deploy', '--target', 'compose', '--image', image);
  for (const name of names) {
    const vault = join(folder, 'vaults', name);
    await mkdir(join(folder, 'secrets', name), { recursive: true, mode: 0o700 });
    await mkdir(vault, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, 'secrets', name, 'xmtp-api-token'), tokens[name], { mode: 0o600 });
    await cli(vault, 'wallet', 'create', `${name}-wallet`);
  }
  if (process.getuid() === 0) for (const part of ['secrets', 'vaults']) await give(join(folder, part));
}

async function give(path) {
  await chown(path, 1000, 1000);
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true }))
    await chown(join(entry.parentPath, entry.name), 1000, 1000);
}

async function ask(name, path, headers = { authorization: `Bearer ${tokens[name]}` }, body) {
  return await fetch(`http://127.0.0.1:${ports[name]}${path}`, {
    headers: { ...headers, connection: 'close', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
}

async function send(name, to, message) {
  const answer = await ask(name, '/xmtp/send', undefined, { to, message });
  assert.equal(answer.status, 200, await answer.clone().text());
}

/** The texts that wait for an agent, in their boundaries. */
async function heard(name) {
  const answer = await ask(name, '/xmtp/messages?state=pending');
  assert.equal(answer.status, 200);
  return (await answer.json()).messages.map(({ text }) => text).join('\n');
}

async function until(isDone, why) {
  for (const end = performance.now() + 120_000; !(await isDone().catch(() => false)); await delay(250))
    assert.ok(performance.now() < end, why);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
