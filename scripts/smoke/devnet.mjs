// Packs @xmtp-messaging/devnet and what it needs, adds the tarballs to empty projects with npm, pnpm and yarn under their default settings, counts
// what came along, and starts the command. Build first: `turbo run build --filter=@xmtp-messaging/devnet...`. Needs the npm registry.
import { execFile } from 'node:child_process';
import { globSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const scope = '@xmtp-messaging/';
const [maxPackages, maxBytes] = [15, 30 * 1024 * 1024];
const managers = {
  npm: { add: ['npm', 'install', '--no-audit', '--no-fund'], with: 'overrides' },
  pnpm: { add: ['pnpm', 'install'], with: 'pnpm-workspace' },
  // Yarn keeps a tarball by name and version, and would install that of an earlier run.
  yarn: {
    add: ['npx', '--yes', 'yarn@1.22.22', 'install', '--non-interactive', '--cache-folder', '.yarn-cache'],
    with: 'resolutions',
  },
};

const root = await mkdtemp(join(tmpdir(), 'smoke-devnet-'));
try {
  for (const name of ['errors', 'devnet']) {
    await run('pnpm', ['pack', '--pack-destination', root], { cwd: resolve('packages', name) });
  }
  const tarballs = await readdir(root);
  const files = Object.fromEntries(
    ['errors', 'devnet'].map((name) => [
      scope + name,
      `file:${join(
        root,
        tarballs.find((file) => file.startsWith(`xmtp-messaging-${name}-`)),
      )}`,
    ]),
  );
  for (const [manager, { add, with: pin }] of Object.entries(managers)) {
    const project = join(root, manager);
    await mkdir(project);
    const manifest = { name: 'smoke', version: '1.0.0', private: true, type: 'module', dependencies: files };
    // What is not published yet has to come from its tarball for the devnet too.
    if (pin === 'pnpm-workspace') {
      const overrides = Object.entries(files).map(([name, file]) => `  '${name}': '${file}'`);
      await writeFile(join(project, 'pnpm-workspace.yaml'), `overrides:\n${overrides.join('\n')}\n`);
    } else manifest[pin] = files;
    await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
    const [program, ...args] = add;
    // It rejects on any exit code but 0.
    await run(program, args, { cwd: project, timeout: 300_000 });
    const { count, bytes, scripted } = measure(project);
    const megabytes = (bytes / 1024 / 1024).toFixed(1);
    if (scripted.length > 0) throw new Error(`${manager}: ${scripted.join(', ')} would run a script`);
    if (count < 2) throw new Error(`${manager}: nothing was measured`);
    if (count >= maxPackages || bytes >= maxBytes) throw new Error(`${manager}: ${count} packages, ${megabytes} MB`);
    await start(project);
    process.stdout.write(`✓ ${manager}: exit 0, ${count} packages, ${megabytes} MB, no install script, it starts\n`);
  }
} finally {
  await rm(root, { recursive: true, force: true });
}

/** Every package below node_modules, once, however the manager lays them out. */
function measure(project) {
  const folders = new Set(
    globSync(['node_modules/**/package.json', 'node_modules/.pnpm/**/package.json'], { cwd: project })
      .filter((path) => /node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+[/\\]package\.json$/u.test(path))
      .map((path) => realpathSync(join(project, path, '..'))),
  );
  const read = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const sizes = [...folders].flatMap((folder) =>
    globSync('**/*', { cwd: folder, exclude: (name) => String(name?.name ?? name).endsWith('node_modules') })
      .map((path) => join(folder, path))
      .filter((path) => lstatSync(path).isFile())
      .map((path) => statSync(path).size),
  );
  const scripted = [...folders]
    .map(read)
    .filter(({ scripts: { preinstall, install, postinstall } = {} }) => preinstall ?? install ?? postinstall)
    .map(({ name }) => name);
  return { count: folders.size, bytes: sizes.reduce((sum, size) => sum + size, 0), scripted };
}

/** The command as it was installed: it says that it is ready, answers, and ends when it is told to. */
async function start(project) {
  const bin = join(project, 'node_modules', '.bin', 'xmtp-devnet');
  const child = execFile(bin, ['--port', '0', '--json'], { cwd: project });
  const ended = new Promise((done) => child.once('exit', done));
  try {
    const line = await new Promise((done, fail) => {
      child.stdout.once('data', (text) => done(String(text)));
      child.once('exit', (code) => fail(new Error(`the command ended with ${code}`)));
    });
    const { historyUrl } = JSON.parse(line);
    const { status } = await fetch(`${historyUrl}/status`);
    if (status !== 200) throw new Error(`/status answered ${status}`);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
  // No SDK came along: the bot that needs one says so in a sentence.
  const refused = await run(bin, ['--port', '0', '--echo'], { cwd: project }).catch((error) => error);
  if (refused.code !== 1 || !refused.stderr.includes("'npm install @xmtp/node-sdk'") || refused.stderr.includes(' at '))
    throw new Error(`--echo without an SDK: ${refused.stderr}`);
}
