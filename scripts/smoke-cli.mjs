// Packs @xmtp-messaging/cli and what it needs, installs the tarballs into an empty project with an empty home, and brings the team of its README up
// over a local network, as a new user would. Build first: `turbo run build --filter=@xmtp-messaging/cli...`. Needs the npm registry.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const scope = '@xmtp-messaging/';
const packages = [
  'errors',
  'allowlist',
  'ens-resolver',
  'inbound-guard',
  'ows-signer',
  'xmtp-core',
  'agent',
  'team-config',
];
const apps = ['skill', 'server', 'cli'];
// What the team talks over, and what loads the binding on this host.
const around = ['devnet', 'glibc-compat'];
const folders = [
  ...[...packages, ...around].map((name) => join('packages', name)),
  ...apps.map((name) => join('apps', name)),
];

const root = await mkdtemp(join(tmpdir(), 'smoke-cli-'));
const project = join(root, 'project');
const home = join(root, 'home');
let network;
try {
  for (const folder of [project, home]) await mkdir(folder, { mode: 0o700 });
  for (const folder of folders) await run('pnpm', ['pack', '--pack-destination', root], { cwd: resolve(folder) });
  const tarballs = await readdir(root);
  const tarballOf = (name) => `file:../${tarballs.find((file) => file.startsWith(`xmtp-messaging-${name}-`))}`;
  const files = Object.fromEntries([...packages, ...around, ...apps].map((name) => [scope + name, tarballOf(name)]));
  const manifest = { name: 'smoke', private: true, type: 'module', dependencies: files, overrides: files };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: project, timeout: 300_000 });

  const devnet = "import { createDevnet } from '@xmtp-messaging/devnet'; console.log((await createDevnet()).url);";
  network = execFile(process.execPath, ['--input-type=module', '-e', devnet], { cwd: project });
  const url = await new Promise((done) => network.stdout.once('data', (text) => done(String(text).trim())));
  const [, team] = /```yaml\n([^]*?)```/u.exec(await readFile('apps/cli/README.md', 'utf8'));
  await writeFile(join(project, 'team.yaml'), `${team}xmtp: { env: local, apiUrl: '${url}' }\n`);

  const env = { PATH: process.env.PATH, HOME: home };
  const cli = async (...args) =>
    (await run('npx', ['@xmtp-messaging/cli', ...args], { cwd: project, env, timeout: 120_000 })).stdout;
  const rounds = [['first'], ['second'], ['third', '--shared'], ['fourth', '--shared']];
  for (const [round, ...flags] of rounds) {
    process.stdout.write(await cli('up', '--detach', '--yes', ...flags));
    if (round === 'second' || round === 'fourth') {
      // Whoever is killed comes back, and has what it had.
      const agents = async () => JSON.parse(await cli('status', '--json').catch(({ stdout }) => stdout)).agents;
      const { pid } = (await agents()).find(({ agent }) => agent === 'ben');
      process.kill(pid, 'SIGKILL');
      const isBack = async () =>
        (await agents()).every(({ agent, connected, pid: now }) => connected && (agent !== 'ben' || now !== pid));
      for (let look = 0; !(await isBack()); look += 1) if (look > 60) throw new Error('ben did not come back');
    }
    await cli('send', '-a', 'ana', 'ben', `hello, for the ${round} time`);
    const heard = await cli('inbox', '-a', 'ben', '--all');
    if (!heard.includes(`| hello, for the ${round} time`)) throw new Error(`ben heard something else: ${heard}`);
    if (round !== 'first' && !heard.includes('| hello, for the first time'))
      throw new Error('ben has lost what he had');
    process.stdout.write(await cli('down'));
    const left = (await readdir(join(project, '.agents'))).filter((name) =>
      /^(?:up|agents)\.(?:json|lock)/u.test(name),
    );
    if (left.length > 0) throw new Error(`down left ${left.join(', ')}`);
  }
  process.stdout.write('✓ the team of apps/cli/README.md talks, each way twice, and heals, from tarballs\n');
} finally {
  network?.kill();
  await rm(root, { recursive: true, force: true });
}
