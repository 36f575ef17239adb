import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { findProgram } from './find-program.ts';

test('the first executable file of an absolute folder is taken', async () => {
  const root = await temporaryDirectory();
  for (const folder of ['plain', 'folder', 'right']) await mkdir(join(root, folder));
  await writeFile(join(root, 'plain', 'id-cli'), '', { mode: 0o644 });
  await mkdir(join(root, 'folder', 'id-cli'));
  await writeFile(join(root, 'right', 'id-cli'), '', { mode: 0o755 });
  const path = ['', '.', 'bin', ...['plain', 'folder', 'right'].map((folder) => join(root, folder))].join(':');
  expect(await findProgram('id-cli', path)).toBe(join(root, 'right', 'id-cli'));
  expect(await findProgram('id-cli', '.:bin:')).toBeNull();
  expect(await findProgram(join(root, 'right', 'id-cli'), '')).toBe(join(root, 'right', 'id-cli'));
  expect(await findProgram(join(root, 'plain', 'id-cli'), path)).toBeNull();
});
