import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasUnseen } from '@xmtp-messaging/errors';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { beforeEach, expect, test } from 'vitest';
import { publishedPath } from '../../test/binding-fixture.ts';
import { type CliInput, runCli } from './run-cli.ts';

let host: Omit<CliInput, 'args'>;

beforeEach(async () => {
  const home = await temporaryDirectory();
  host = { env: {}, cwd: import.meta.dirname, home, platform: 'linux', arch: 'x64', glibc: '2.36' };
});

test('an old host gets the path of a patched copy, the same one each time', () => {
  const first = runCli({ ...host, args: [] });
  const path = first.stdout.trimEnd();
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(path.startsWith(join(host.home, '.cache'))).toBe(true);
  expect(statSync(path).size).toBe(statSync(publishedPath('x64')).size);
  expect(runCli({ ...host, args: ['--binding', publishedPath('x64')] }).stdout.trimEnd()).toBe(path);
  expect(JSON.parse(runCli({ ...host, args: ['--json'] }).stdout)).toEqual({ needed: true, path, glibc: '2.36' });
});

test('a host that needs nothing gets an empty path, and no cache', () => {
  for (const glibc of ['2.39', null]) {
    expect(runCli({ ...host, glibc, args: [] })).toEqual({
      exitCode: 0,
      stdout: '\n',
      stderr: 'The XMTP binding loads on this system as published; nothing to do.\n',
    });
    expect(JSON.parse(runCli({ ...host, glibc, args: ['--json'] }).stdout)).toEqual({
      needed: false,
      path: null,
      glibc,
    });
  }
  expect(existsSync(join(host.home, '.cache'))).toBe(false);
});

test('each failure has its code, and nothing on stdout that a shell could take for a path', () => {
  const failure = (changes: Partial<CliInput>) => runCli({ ...host, args: [], ...changes });
  const broken = join(host.home, 'broken.node');
  writeFileSync(broken, 'not a library');
  const starts = (code: string) => ({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^${code}: `)),
  });
  expect(failure({ glibc: '2.31' })).toEqual(starts('HOST_TOO_OLD'));
  expect(failure({ cwd: host.home })).toEqual(starts('BINDING_NOT_FOUND'));
  expect(failure({ args: ['--binding', broken] })).toEqual(starts('BINDING_MALFORMED'));
  expect(failure({ args: ['--binding', `${broken}.gone`] })).toEqual(starts('BINDING_UNREADABLE'));
  expect(failure({ env: { XDG_CACHE_HOME: broken } })).toEqual(starts('CACHE_UNUSABLE'));
  const { exitCode, stdout } = failure({ args: ['--json', '--binding', broken] });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'BINDING_MALFORMED' } });
});

test('help is help, and wrong arguments are status 2', () => {
  expect(runCli({ ...host, args: ['--help'] })).toMatchObject({ exitCode: 0, stderr: '' });
  for (const args of [['--bindings', 'x'], ['--binding'], ['x']]) {
    expect(runCli({ ...host, args })).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:'),
    });
  }
});

test.each([
  [['--x\u009b31m\u202e\u001b[2J']],
  [['--binding', '/x\u009b31m\u202e\u001b[2J']],
  [['--json', '--binding', '/x\u009b31m\u202e']],
])('what is echoed of %j cannot steer a terminal', (args) => {
  const { exitCode, stdout, stderr } = runCli({ ...host, args });
  expect(exitCode).toBeGreaterThan(0);
  expect(stdout + stderr).toContain('31m');
  expect(hasUnseen((stdout + stderr).replaceAll('\n', ''))).toBe(false);
});
