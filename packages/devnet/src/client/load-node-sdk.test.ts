import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { loadNodeSdk } from './load-node-sdk.ts';

const absent = () =>
  Promise.reject(
    Object.assign(new Error("Cannot find package '@xmtp/node-sdk' imported from here"), {
      code: 'ERR_MODULE_NOT_FOUND',
    }),
  );

test('nobody has it: one sentence says what to install', async () => {
  const loading = loadNodeSdk({ folder: await temporaryDirectory(), load: absent });
  await expect(loading).rejects.toMatchObject({
    code: 'SDK_MISSING',
    message: expect.stringContaining("'npm install @xmtp/node-sdk'"),
  });
});

test('a folder that has it is enough', async () => {
  const folder = await temporaryDirectory();
  const place = join(folder, 'node_modules/@xmtp/node-sdk');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), '{"name":"@xmtp/node-sdk","type":"module","exports":"./index.js"}');
  await writeFile(join(place, 'index.js'), 'export const Client = 5;');
  const load = (specifier: string) => (specifier.startsWith('file:') ? import(specifier) : absent());
  expect(await loadNodeSdk({ folder, load })).toMatchObject({ Client: 5 });
});

test('one that does not load is told from one that is not there', async () => {
  const cause = new Error('Cannot find native binding');
  const loading = loadNodeSdk({ load: () => Promise.reject(cause) });
  await expect(loading).rejects.toMatchObject({
    code: 'SDK_UNUSABLE',
    cause,
    message: expect.stringContaining('--import @xmtp-messaging/glibc-compat/register'),
  });
  const inner = Object.assign(new Error("Cannot find package 'other'"), { code: 'ERR_MODULE_NOT_FOUND' });
  await expect(loadNodeSdk({ load: () => Promise.reject(inner) })).rejects.toMatchObject({ code: 'SDK_UNUSABLE' });
});
