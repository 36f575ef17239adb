import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { patient, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { assessHost, hostGlibc, prepareBinding } from '../src/index.ts';
import { publishedPath } from './binding-fixture.ts';

const run = promisify(execFile);
const arch = process.arch as 'x64' | 'arm64';
/** On a newer host the same programs must work, and then nothing may be patched. */
const isPatched = assessHost({ platform: process.platform, glibc: hostGlibc() }) === 'needs-patch';

/** Runs one of the programs beside this test with only these variables in its environment, and returns what it printed. */
async function runProgram(name: string, env: Record<string, string>, ...args: readonly string[]): Promise<unknown> {
  const program = join(import.meta.dirname, 'programs', name);
  const options = { cwd: '/', env, timeout: patient(30_000) };
  const { stdout } = await run(process.execPath, ['--conditions=@xmtp-messaging/source', program, ...args], options);
  return JSON.parse(stdout);
}

const cacheIn = (root: string) => join(root, 'xmtp-glibc-compat');
const expectedFolder = (root: string) => (isPatched ? cacheIn(root) : join(publishedPath(arch), '..'));

test('two programs that start at once load the SDK from one copy, beside another native module, with no trace in the environment', async () => {
  const root = await temporaryDirectory();
  const env = { HOME: root, XDG_CACHE_HOME: root };
  const results = await Promise.all([1, 2].map(() => runProgram('load-beside.ts', env, root)));
  for (const result of results) {
    expect(result).toMatchObject({
      encoded: 'hello',
      wallets: [],
      path: expect.stringContaining(expectedFolder(root)),
      environment: ['HOME', 'XDG_CACHE_HOME'],
    });
  }
  expect(existsSync(cacheIn(root)) ? readdirSync(cacheIn(root)).length : 0).toBe(isPatched ? 1 : 0);
});

test('a worker thread that registers loads it too', async () => {
  const root = await temporaryDirectory();
  expect(await runProgram('load-in-worker.ts', { XDG_CACHE_HOME: root })).toEqual(['function', 'function']);
});

test('a path that the user set is used as it is, and nothing is cached', async () => {
  const root = await temporaryDirectory();
  const own = prepareBinding({ path: publishedPath(arch), glibc: '2.36', cacheFolder: join(root, 'own') });
  const env = { XDG_CACHE_HOME: root, NAPI_RS_NATIVE_LIBRARY_PATH: own };
  expect(await runProgram('load-or-report.ts', env)).toBe(own);
  // Even where it cannot load: the published file on an old host.
  const published = { ...env, NAPI_RS_NATIVE_LIBRARY_PATH: publishedPath(arch) };
  expect(await runProgram('load-or-report.ts', published)).toBe(isPatched ? 'UNKNOWN' : publishedPath(arch));
  expect(existsSync(cacheIn(root))).toBe(false);
});

test('when no copy can be made, the reason is at the end of the causes', async () => {
  const file = join(await temporaryDirectory(), 'file');
  writeFileSync(file, '');
  const outcome = await runProgram('load-or-report.ts', { XDG_CACHE_HOME: file });
  expect(outcome).toBe(isPatched ? 'CACHE_UNUSABLE' : publishedPath(arch));
});

test('the program prints what it did and exits with its status', async () => {
  const root = await temporaryDirectory();
  const cli = (...args: string[]) => {
    const options = { cwd: import.meta.dirname, env: { XDG_CACHE_HOME: root } };
    return run(process.execPath, ['--conditions=@xmtp-messaging/source', '../src/cli.ts', ...args], options);
  };
  const { stdout } = await cli('--json');
  expect(JSON.parse(stdout)).toMatchObject({ needed: isPatched, glibc: hostGlibc() });
  await expect(cli('--unknown')).rejects.toMatchObject({ code: 2, stdout: '' });
});
