import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import {
  checkFile,
  ensurePrivateFolder,
  type FileError,
  findFault,
  fromSystemError,
  readPrivateFile,
  readPrivateFileSync,
  writeDurably,
  writeDurablySync,
} from './index.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

async function place() {
  const folder = await temporaryDirectory();
  const path = join(folder, 'key');
  return { folder, path, target: join(folder, 'target') };
}

function faultOf(look: () => unknown): string | null {
  try {
    look();
    return null;
  } catch (error) {
    return (error as FileError).fault ?? (error as FileError).code;
  }
}

const planted: Record<string, (at: { path: string; target: string }) => unknown> = {
  'symbolic-link': ({ path, target }) => {
    writeFileSync(target, 'x', { mode: 0o644 });
    symlinkSync(target, path);
  },
  'hard-link': ({ path, target }) => {
    writeFileSync(target, 'x', { mode: 0o600 });
    linkSync(target, path);
  },
  mode: ({ path }) => {
    writeFileSync(path, 'x');
    chmodSync(path, 0o620);
  },
};

test.each(Object.entries(planted))('%s: refused, and nothing of it is changed', async (fault, plant) => {
  const at = await place();
  plant(at);
  const facts = () => [lstatSync(at.path).mode, lstatSync(at.path).ctimeMs, statSync(at.path).mode];
  const before = facts();
  expect(faultOf(() => readPrivateFileSync(at.path))).toBe(fault);
  expect(faultOf(() => checkFile(at.path))).toBe(fault);
  await expect(readPrivateFile(at.path)).rejects.toMatchObject({ code: 'FILE_UNSAFE', fault, retryable: true });
  expect(facts()).toEqual(before);
});

test('a FIFO, a folder or a socket in the place of a file is an error at once', async () => {
  const { folder } = await place();
  const [fifo, inner, socket] = ['fifo', 'inner', 'socket'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  execFileSync('sh', ['-c', 'mkfifo "$0"', fifo]);
  mkdirSync(inner);
  const server = createServer().listen(socket);
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  for (const path of [fifo, inner, socket, '/dev/null']) {
    expect(faultOf(() => readPrivateFileSync(path))).toBe('kind');
    expect(faultOf(() => checkFile(path))).toBe('kind');
  }
});

test('what another user owns is refused, for root too; what root owns is not', async () => {
  const { path } = await place();
  writeFileSync(path, 'x', { mode: 0o600 });
  const owned = (uid: number) => Object.assign(statSync(path), { uid });
  expect(findFault(owned(1234), {}, 0)?.fault).toBe('owner');
  expect(findFault(owned(1234), {}, 1000)?.fault).toBe('owner');
  expect(findFault(owned(1234), { others: 'mend' }, 1000)?.fault).toBe('owner');
  expect(findFault(owned(1234), { others: 'write' }, 1000)).toBeNull();
  expect([findFault(owned(0), {}, 1000), findFault(owned(1000), {}, 1000), findFault(owned(0), {}, 0)]).toEqual([
    null,
    null,
    null,
  ]);
});

test.each([
  ['nothing', 0o640, 'mode', 0o640],
  ['read', 0o644, null, 0o644],
  ['read', 0o664, 'mode', 0o664],
  ['mend-reading', 0o644, null, 0o600],
  ['mend-reading', 0o602, 'mode', 0o602],
  ['mend', 0o666, null, 0o600],
  ['write', 0o666, null, 0o666],
] as const)('others may do %s: mode %o gives %s and is %o afterwards', async (others, mode, fault, after) => {
  const { path } = await place();
  writeFileSync(path, 'x');
  for (const look of [() => readPrivateFileSync(path, { others }), () => checkFile(path, { others })]) {
    chmodSync(path, mode);
    expect(faultOf(look)).toBe(fault);
    expect(modeOf(path)).toBe(after);
  }
});

test('absent is null; too large is refused unread; a link is followed only when told', async () => {
  const { path, target } = await place();
  expect([readPrivateFileSync(path), checkFile(path)]).toEqual([null, null]);
  writeFileSync(target, 'four', { mode: 0o600 });
  symlinkSync(target, path);
  expect((await readPrivateFile(path, { followLinks: true }))?.bytes.toString()).toBe('four');
  expect(faultOf(() => readPrivateFileSync(target, { maxBytes: 3 }))).toBe('FILE_TOO_LARGE');
});

test('a folder is made and mended; a link to one is refused before anything is written', async () => {
  const { folder } = await place();
  const [own, link] = [join(folder, 'a', 'own'), join(folder, 'link')];
  expect(ensurePrivateFolder(own)).toEqual(expect.objectContaining({ mendedFrom: null }));
  expect([modeOf(own), modeOf(join(folder, 'a'))]).toEqual([0o700, 0o700]);
  chmodSync(own, 0o755);
  expect(faultOf(() => ensurePrivateFolder(own, { others: 'nothing' }))).toBe('mode');
  expect(ensurePrivateFolder(own).mendedFrom).toBe(0o755);
  symlinkSync(own, link);
  expect(faultOf(() => ensurePrivateFolder(link))).toBe('symbolic-link');
  writeFileSync(join(folder, 'file'), '');
  expect(faultOf(() => ensurePrivateFolder(join(folder, 'file')))).toBe('kind');
  expect(faultOf(() => ensurePrivateFolder(join(folder, 'file', 'below')))).toBe('NOT_A_FOLDER');
});

test('a whole file is written over whatever is there, links included, and leaves no draft', async () => {
  const { folder, path, target } = await place();
  writeFileSync(target, 'untouched', { mode: 0o644 });
  symlinkSync(target, path);
  writeFileSync(join(folder, '.key.0011.tmp'), 'left by a crash');
  await writeDurably(path, 'new', { locked: true });
  expect([readFileSync(path, 'utf8'), readFileSync(target, 'utf8'), modeOf(path)]).toEqual(['new', 'untouched', 0o600]);
  writeDurablySync(path, Buffer.from('newer'));
  await writeDurably(path, 'no', { replace: false });
  expect([readFileSync(path, 'utf8'), modeOf(target)]).toEqual(['newer', 0o644]);
  expect(readdirSync(folder).toSorted()).toEqual(['key', 'target']);
});

test('a crash between the two names of a new file is mended', async () => {
  const { folder, path } = await place();
  writeFileSync(path, 'x', { mode: 0o600 });
  linkSync(path, join(folder, '.key.0011.tmp'));
  expect(readPrivateFileSync(path)?.bytes.toString()).toBe('x');
  expect(readdirSync(folder)).toEqual(['key']);
});

test('of two that make a file, one does', async () => {
  const { path } = await place();
  const made = await Promise.all(['one', 'two'].map((text) => writeDurably(path, text, { replace: false })));
  expect(made.filter(Boolean)).toEqual([true]);
  expect(['one', 'two']).toContain(readFileSync(path, 'utf8'));
});

test('what the operating system says has a name and a remedy', () => {
  const said = (code: string) => fromSystemError('/a/b', Object.assign(new Error(code), { code }));
  expect(said('ENOSPC').message).toMatchInlineSnapshot(`
    "The disk is full.

    /a/b: ENOSPC
    Free some space, or raise the quota."
  `);
  const codes = ['EROFS', 'EACCES', 'EMFILE', 'ENOTDIR', 'EIO', 'ENAMETOOLONG', 'ELOOP', 'EWHAT'];
  expect(codes.map((code) => said(code).code)).toEqual([
    'DISK_READ_ONLY',
    'NO_PERMISSION',
    'TOO_MANY_OPEN_FILES',
    'NOT_A_FOLDER',
    'DISK_FAILED',
    'PATH_TOO_LONG',
    'FILE_UNSAFE',
    'FILE_FAILED',
  ]);
});
