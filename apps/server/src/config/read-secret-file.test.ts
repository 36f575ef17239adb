import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { findReadOnlyMount } from './is-on-read-only-mount.ts';
import { readSecretFile } from './read-secret-file.ts';

/** A secret as Kubernetes mounts it: links to a folder that is exchanged as a whole. */
async function mountedSecret(mode: number) {
  const folder = await temporaryDirectory();
  await mkdir(join(folder, '..2026_11_26'));
  await writeFile(join(folder, '..2026_11_26', 'token'), 'kQ3vJ8mTz0LrX2Ns\n', { mode });
  await symlink('..2026_11_26', join(folder, '..data'));
  await symlink('..data/token', join(folder, 'token'));
  return join(folder, 'token');
}
const secret = { ok: true, secret: 'kQ3vJ8mTz0LrX2Ns' };

test.each([0o400, 0o440, 0o444, 0o644])(
  'a mounted secret of mode %i is read where nobody else can be',
  async (mode) => {
    const path = await mountedSecret(mode);
    expect(readSecretFile(path, { isReadOnly: () => true })).toEqual(secret);
    expect(readSecretFile(path, { allowShared: true })).toEqual(secret);
  },
);

test('anywhere else the error says how', async () => {
  expect(readSecretFile(await mountedSecret(0o444))).toEqual({
    ok: false,
    problem: expect.stringMatching(/mode 0444.*0600.*read-only mount.*XMTP_SHARED_SECRET_FILES=true/u),
  });
});

test.each([0o420, 0o602, 0o666])('what others may write (mode %i) is never a secret', async (mode) => {
  const { chmod } = await import('node:fs/promises');
  const path = await mountedSecret(0o600);
  await chmod(path, mode);
  expect(readSecretFile(path, { isReadOnly: () => true, allowShared: true })).toMatchObject({ ok: false });
});

const mounts = [
  '22 1 0:20 / / rw,relatime - overlay overlay rw',
  '23 22 0:21 / /run/secrets rw,relatime - tmpfs tmpfs rw',
  '24 23 0:22 / /run/secrets/token ro,relatime - tmpfs tmpfs rw',
  '25 22 0:23 / /etc/my\\040secrets ro,relatime - tmpfs tmpfs rw',
  '26 22 0:24 / /over ro - tmpfs tmpfs rw',
  '27 22 0:25 / /over rw - tmpfs tmpfs rw',
  '',
].join('\n');

test.each([
  ['/run/secrets/token', true],
  ['/run/secrets/other', false],
  ['/run/secrets/token2', false],
  ['/etc/my secrets/..data/token', true],
  ['/over/token', false],
  ['/home/agent/token', false],
])('%s lies on a read-only mount: %s', (path, expected) => {
  expect(findReadOnlyMount(path, mounts)).toBe(expected);
});

test('a root that cannot be written says nothing of who else is there', () => {
  expect(findReadOnlyMount('/etc/token', '22 1 0:20 / / ro - ext4 /dev/sda ro\n')).toBe(false);
});

test.each([
  ['UTF-16', Buffer.from('\ufeffkQ3vJ8mTz0LrX2Ns\r\n', 'utf16le'), 'names a file that is UTF-16; save it as UTF-8.'],
  ['Latin-1', Buffer.from('kQ3vJ8mTz0LrX2Nü', 'latin1'), 'names a file that is not UTF-8; save it as UTF-8.'],
])('a secret saved as %s is not read as another secret', async (_what, bytes, problem) => {
  const path = join(await temporaryDirectory(), 'token');
  await writeFile(path, bytes, { mode: 0o600 });
  expect(readSecretFile(path)).toEqual({ ok: false, problem });
  await writeFile(path, '\ufeffkQ3vJ8mTz0LrX2Ns\r\n');
  expect(readSecretFile(path)).toEqual(secret);
});
