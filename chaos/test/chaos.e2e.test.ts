import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourceFlags } from '@xmtp-messaging/stage';
import { temporaryDirectory, testProtocol } from '@xmtp-messaging/testing';
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

// What needs preparation, an old database and a backlog, is in `npm run chaos` alone, which every change of the engine must pass.
test('a short storm of everything that needs no preparation', { timeout: 180_000 }, async () => {
  const kinds = 'kills,network,partitions,agents,calls,streams,phones,clock,strangers,full-disk';
  const { stdout } = await run('--runs', '1', '--messages', '45', '--troubles', kinds, '--json');
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ accepted: 45, delivered: 45, ...nothingBad });
  expect(Object.keys(result.troubles)).toEqual(kinds.split(','));
});

test('--help names every trouble, and an unknown one is refused', async () => {
  const { stdout } = await run('--help');
  for (const name of ['kills', 'clock', 'methods', 'strangers', 'backlog', 'old-database', 'full-disk', 'phones'])
    expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  await expect(run('--troubles', 'rain')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no trouble named "rain"'),
  });
});
