import { chmod, chown, mkdir, symlink, writeFile } from 'node:fs/promises';
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
  const right = { ok: true, path: join(root, 'right', 'id-cli') };
  expect(await findProgram('id-cli', path)).toEqual(right);
  expect(await findProgram('id-cli', '.:bin:')).toBeNull();
  expect(await findProgram(join(root, 'right', 'id-cli'), '')).toEqual(right);
  expect(await findProgram(join(root, 'plain', 'id-cli'), path)).toBeNull();
});

test('what somebody else may have put there is not run, and said', async () => {
  const root = await temporaryDirectory();
  const place = async (folder: string, mode = 0o755) => {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'id-cli'), '', { mode });
    await chmod(join(root, folder, 'id-cli'), mode);
    return join(root, folder, 'id-cli');
  };
  const [open, inside, loose, good] = [
    await place('open'),
    await place('open/inside'),
    await place('loose', 0o777),
    await place('good'),
  ];
  await chmod(join(root, 'open'), 0o777);
  await mkdir(join(root, 'links'));
  const link = join(root, 'links', 'id-cli');
  await symlink(open, link);
  for (const path of [open, inside, link]) {
    const why = `everybody can write its folder ${join(root, 'open')}`;
    expect(await findProgram(path, '')).toEqual({ ok: false, path, why });
  }
  expect(await findProgram(loose, '')).toEqual({ ok: false, path: loose, why: 'everybody can write it' });
  const search = ['open', 'loose', 'good'].map((folder) => join(root, folder)).join(':');
  expect(await findProgram('id-cli', search)).toEqual({ ok: true, path: good });
  await chmod(join(root, 'open'), 0o1777);
  expect(await findProgram(open, '')).toEqual({ ok: true, path: open });
});

test.runIf(process.getuid?.() === 0)('nor is what belongs to another user', async () => {
  const path = join(await temporaryDirectory(), 'id-cli');
  await writeFile(path, '', { mode: 0o755 });
  await chown(path, 65_534, 65_534);
  expect(await findProgram(path, '')).toEqual({ ok: false, path, why: 'it belongs to user 65534' });
});
