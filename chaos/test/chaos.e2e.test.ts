import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourceFlags } from '@xmtp-messaging/stage';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

test('a short storm loses nothing, sends nothing twice and keeps order', { timeout: 120_000 }, async () => {
  const folder = await temporaryDirectory();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...sourceFlags, main, '--runs', '1', '--messages', '45', '--json'],
    { env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder } },
  );
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 45, delivered: 45, lost: 0, duplicateSends: 0, wrongOrder: 0 });
  expect(await readdir(folder)).toEqual([]);
});
