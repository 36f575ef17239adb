import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourceFlags } from '@xmtp-messaging/stage';
import { patient, temporaryDirectory, testProtocol } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Nothing may be left of a clean run, but for the library that glibc-compat keeps in the cache of its user. */
async function run(...args: string[]) {
  const folder = await temporaryDirectory();
  const home = await temporaryDirectory();
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [...sourceFlags, main, ...args, '--protocol', testProtocol],
    {
      env: { PATH: process.env['PATH'], HOME: home, TMPDIR: folder },
    },
  );
  expect(await readdir(folder)).toEqual([]);
  return { stdout, stderr };
}

const nothingBad = {
  lost: 0,
  duplicateSends: 0,
  wrongOrder: 0,
  unread: 0,
  readByLost: 0,
  strangersHeard: 0,
  untold: 0,
  contradictions: 0,
  unrecovered: 0,
  deaf: 0,
};

test('a short storm of everything that needs no preparation', { timeout: patient(180_000) }, async () => {
  const kinds = 'kills,network,partitions,agents,calls,streams,phones,clock,strangers,full-disk';
  const { stdout } = await run('--runs', '1', '--messages', '45', '--troubles', kinds, '--json');
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ accepted: 45, delivered: 45, ...nothingBad });
  expect(Object.keys(result.troubles)).toEqual(kinds.split(','));
});

test(
  'an old database, a backlog and a method that fails, under a light storm',
  { timeout: patient(180_000) },
  async () => {
    const kinds = 'streams,methods,old-database,backlog';
    const { stdout, stderr } = await run(
      '--runs',
      '1',
      '--messages',
      '8',
      '--troubles',
      kinds,
      '--seed',
      '0',
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      accepted: 8,
      delivered: 8,
      ...nothingBad,
      backlog: 1_000,
      troubles: { methods: 1, 'old-database': 1, backlog: 1 },
    });
    expect(stderr).toContain('SendGroupMessages fails: told');
  },
);

test('--help names every trouble, and an unknown one is refused', async () => {
  const { stdout } = await run('--help');
  for (const name of ['kills', 'clock', 'methods', 'strangers', 'backlog', 'old-database', 'full-disk', 'phones'])
    expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  await expect(run('--troubles', 'rain')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no trouble named "rain"'),
  });
});
