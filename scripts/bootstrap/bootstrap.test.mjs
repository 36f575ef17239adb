import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { explainFailure } from './failure.mjs';
import { workspaceDigest } from './dependencies.mjs';
import { taskEnvironment } from './run.mjs';
import { describeTasks, planTask } from './tasks.mjs';
import { callingPnpm, isAtLeast } from './toolchain.mjs';

const scripts = fileURLToPath(new URL('..', import.meta.url));

async function temporaryCheckout() {
  const root = await mkdtemp(join(tmpdir(), 'bootstrap-test-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await cp(scripts, join(root, 'scripts'), { recursive: true });
  for (const folder of ['packages/one', 'apps', 'examples']) await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'packages/one/package.json'), '{}');
  return root;
}

/** An `npm` that prints `output` and fails, as the real one does. */
async function brokenNpm(root, output) {
  const bin = join(root, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'npm'), `#!/bin/sh\necho "${output}" >&2\nexit 1\n`);
  await chmod(join(bin, 'npm'), 0o755);
  return bin;
}

function bootstrap(root, args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), ...args], { cwd: root, env });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

test.each([
  ['22.18.0', true],
  ['22.17.9', false],
  ['20.20.2', false],
  ['24.0.0', true],
  ['26.1.0', true],
])('Node %s fits: %s', (version, fits) => {
  expect(isAtLeast(version, [22, 18])).toBe(fits);
});

test('uses the pnpm that called, when it is new enough', () => {
  const agent = (name) => ({
    npm_config_user_agent: `${name} npm/? node/v24.0.0 linux x64`,
    npm_execpath: '/opt/pnpm',
  });
  expect(callingPnpm(agent('pnpm/12.21.0'))).toEqual(['/opt/pnpm']);
  expect(callingPnpm({ ...agent('pnpm/11.0.1'), npm_execpath: '/x/pnpm.cjs' })).toEqual([
    process.execPath,
    '/x/pnpm.cjs',
  ]);
  expect(callingPnpm(agent('pnpm/10.9.0'))).toBeNull();
  expect(callingPnpm(agent('npm/11.0.0'))).toBeNull();
  expect(callingPnpm({})).toBeNull();
});

test('what our tools keep stays in the checkout; what a user runs keeps to the folders of the user', () => {
  const env = { PATH: '/bin', XDG_CACHE_HOME: '/home/a/.cache' };
  const of = (name) => taskEnvironment(planTask(name, []), { root: '/checkout', env });
  for (const name of ['test', 'check', 'bench', 'chaos', 'demo']) {
    const folders = Object.entries(of(name)).filter(([key]) => key.startsWith('XDG_'));
    expect(folders.map(([, folder]) => folder.startsWith('/checkout/node_modules/.cache'))).toEqual([true, true, true]);
  }
  expect(of('server')).toMatchObject(env);
  for (const name of ['test', 'server'])
    expect(of(name)).toMatchObject({ TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' });
});

test('a task takes the arguments behind its name, and only known names are tasks', () => {
  expect(planTask('test', ['packages/errors']).command).toEqual(['vitest', 'run', 'packages/errors']);
  expect(planTask('toString', [])).toBeNull();
  expect(describeTasks()).toContain('npm run demo');
});

test.each([
  ['npm error code ENOTFOUND', 'the npm registry cannot be reached'],
  ['ENOSPC: no space left on device', 'the disk is full'],
  ['EACCES: permission denied, mkdir', 'a file cannot be written'],
  ['something else', 'the installer failed'],
])('%s is explained', (output, reason) => {
  const { message } = explainFailure('install the dependencies', output);
  expect(message).toContain(`Could not install the dependencies: ${reason}`);
  expect(message).toContain(output);
});

test('the digest moves with a manifest and with the lock file', async () => {
  const root = await temporaryCheckout();
  const digests = [workspaceDigest(root)];
  await writeFile(join(root, 'packages/one/package.json'), '{"name":"one"}');
  digests.push(workspaceDigest(root));
  await writeFile(join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 9');
  digests.push(workspaceDigest(root));
  expect(new Set(digests).size).toBe(3);
});

test('without a network it says so, exits 1 and leaves no half-made toolchain', async () => {
  const root = await temporaryCheckout();
  const bin = await brokenNpm(root, 'npm error code ENOTFOUND registry');
  const { code, output } = await bootstrap(root, ['test'], { PATH: `${bin}:/usr/bin:/bin` });
  expect(output).toContain('the npm registry cannot be reached');
  expect(output).not.toContain('    at ');
  expect(code).toBe(1);
  expect(await readdir(join(root, '.bootstrap'))).toEqual([]);
});

test('an unknown task lists the tasks and exits 2', async () => {
  const root = await temporaryCheckout();
  const { code, output } = await bootstrap(root, ['fly'], { PATH: '/usr/bin:/bin' });
  expect(code).toBe(2);
  expect(output).toContain('Usage: npm run TASK');
});
