import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { ServerStatus } from '../servers/read-status.ts';
import { checkHomeFolder } from './check-home-folder.ts';

const homeOf = async (home: string, status: ServerStatus | null = null) =>
  (await checkHomeFolder({ home, status, fix: false })).find(({ check }) => check === 'home');

test('a home that is not there is fine before the first start, and for no server that runs', async () => {
  const home = join(await temporaryDirectory(), 'home');
  expect(await homeOf(home)).toMatchObject({ level: 'ok' });
  expect(await homeOf(home, {} as ServerStatus)).toMatchObject({
    level: 'fail',
    message: expect.stringContaining('is not there, and its server runs'),
  });
});

test('a home that cannot be looked into is not taken for one that is not there', async () => {
  const file = join(await temporaryDirectory(), 'file');
  await writeFile(file, '');
  expect(await homeOf(join(file, 'home'))).toMatchObject({
    level: 'fail',
    message: 'A part of the path is no folder.',
  });
});
