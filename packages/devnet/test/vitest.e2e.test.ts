import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const project = fileURLToPath(new URL('vitest-project', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

test('another project gets a network, or one for each worker, from one line of configuration, and vitest ends', async () => {
  const args = ['--conditions=@xmtp-messaging/source', vitest, 'run', '--root', project];
  const { stdout } = await run(process.execPath, args, {
    env: { PATH: process.env['PATH'], NO_COLOR: '1', MEETING_FOLDER: await temporaryDirectory() },
  });
  expect(stdout).toMatch(/Tests +3 passed/);
});
