import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { assessHost, hostGlibc, prepareBinding } from '../src/index.ts';
import { publishedPath } from './binding-fixture.ts';

const run = promisify(execFile);
const arch = process.arch as 'x64' | 'arm64';
/** On a newer host the same programs must work, and then nothing may be patched. */
const isPatched = assessHost({ platform: process.platform, glibc: hostGlibc() }) === 'needs-patch';
const loadedFrom = `(await import('node:fs')).readFileSync('/proc/self/maps', 'utf8').match(/\\/\\S+bindings_node\\S+\\.node/)[0]`;

/** Runs `code` as a module beside this test, with only these variables in its environment. */
async function runModule(code: string, env: Record<string, string>): Promise<unknown> {
  const args = ['--conditions=@xmtp-messaging/source', '--input-type=module', '--eval', code];
  const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname, env, timeout: 30_000 });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}

const cacheIn = (root: string) => join(root, 'xmtp-messaging', 'glibc-compat');
const expectedFolder = (root: string) => (isPatched ? cacheIn(root) : join(publishedPath(arch), '..'));

test('two programs that start at once load the SDK from one copy, beside another native module, with no trace in the environment', async () => {
  const root = await temporaryDirectory();
  const program = `
    import '@xmtp-messaging/glibc-compat/register';
    const { generateInboxId, IdentifierKind } = await import('@xmtp/node-bindings');
    const { listWallets } = await import('@open-wallet-standard/core');
    console.log(JSON.stringify({
      inbox: generateInboxId({ identifier: '0x' + '1'.repeat(40), identifierKind: IdentifierKind.Ethereum }),
      wallets: listWallets(${JSON.stringify(root)}),
      path: ${loadedFrom},
      environment: Object.keys(process.env),
    }));`;
  const results = await Promise.all([1, 2].map(() => runModule(program, { HOME: root, XDG_CACHE_HOME: root })));
  for (const result of results) {
    expect(result).toMatchObject({
      inbox: expect.stringMatching(/^[0-9a-f]{64}$/),
      wallets: [],
      path: expect.stringContaining(expectedFolder(root)),
      environment: ['HOME', 'XDG_CACHE_HOME'],
    });
  }
  expect(existsSync(cacheIn(root)) ? readdirSync(cacheIn(root)).length : 0).toBe(isPatched ? 1 : 0);
});

test('a worker thread that registers loads it too', async () => {
  const root = await temporaryDirectory();
  const program = `
    import '@xmtp-messaging/glibc-compat/register';
    import { Worker } from 'node:worker_threads';
    await import('@xmtp/node-bindings');
    const code = \`
      import { parentPort } from 'node:worker_threads';
      import '@xmtp-messaging/glibc-compat/register';
      const { Client } = await import('@xmtp/node-bindings');
      parentPort.postMessage(typeof Client);\`;
    new Worker(code, { eval: true }).once('message', (message) => console.log(JSON.stringify(message)));`;
  expect(await runModule(program, { XDG_CACHE_HOME: root })).toBe('function');
});

test('a path that the user set is used as it is, and nothing is cached', async () => {
  const root = await temporaryDirectory();
  const own = prepareBinding({ path: publishedPath(arch), glibc: '2.36', cacheFolder: join(root, 'own') });
  const program = `
    import '@xmtp-messaging/glibc-compat/register';
    await import('@xmtp/node-bindings');
    console.log(JSON.stringify(${loadedFrom}));`;
  expect(await runModule(program, { XDG_CACHE_HOME: root, NAPI_RS_NATIVE_LIBRARY_PATH: own })).toBe(own);
  expect(existsSync(cacheIn(root))).toBe(false);
});

test('when no copy can be made, the reason is at the end of the causes', async () => {
  const root = await temporaryDirectory();
  writeFileSync(join(root, 'file'), '');
  const program = `
    import '@xmtp-messaging/glibc-compat/register';
    let error = await import('@xmtp/node-bindings').then(() => ({ code: 'LOADED' }), (reason) => reason);
    while (error.cause) error = error.code === 'CACHE_UNUSABLE' ? { code: error.code } : error.cause;
    console.log(JSON.stringify(error.code));`;
  const code = await runModule(program, { XDG_CACHE_HOME: join(root, 'file') });
  expect(code).toBe(isPatched ? 'CACHE_UNUSABLE' : 'LOADED');
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
