import { fc, test } from '@fast-check/vitest';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { packTar, type TarHeader } from 'modern-tar';
import { expect, it } from 'vitest';
import { packFiles, unpackFiles } from './pack-files.ts';

const type = fc.constantFrom<NonNullable<TarHeader['type']>>(
  'file',
  'file',
  'file',
  'directory',
  'symlink',
  'link',
  'character-device',
  'block-device',
  'fifo',
);
const plain = fc.stringMatching(/^[a-z]{1,2}$/);
const name = fc.oneof(
  { weight: 4, arbitrary: plain },
  fc.constantFrom(
    '..',
    '../out',
    '/tmp/out',
    'a/../../out',
    'a/b',
    '.hidden',
    'CON',
    'x\u0000y',
    'é',
    'a'.repeat(300),
    '',
  ),
  fc.string(),
);
const entry = fc.record({
  header: fc.record({
    name,
    type,
    mode: fc.constantFrom(0o600, 0o777, 0o4755, 0o2755, 0o000),
    linkname: fc.constantFrom('', '/etc/passwd', '../out'),
  }),
  body: fc.uint8Array({ maxLength: 1_500 }),
});
const head = { header: { name: 'head.json', type: 'file' as const, size: 2 }, body: Buffer.from('{}') };
/** What a hostile hand, or a bad disk, makes of an archive. */
const harm = fc.oneof(
  fc.constant((bytes: Uint8Array) => bytes),
  fc.nat(8_000).map((at) => (bytes: Uint8Array) => bytes.subarray(0, at)),
  fc.tuple(fc.nat(4_000), fc.uint8Array({ minLength: 1, maxLength: 12 })).map(([at, by]) => (bytes: Uint8Array) => {
    const copy = Uint8Array.from(bytes);
    copy.set(by.subarray(0, Math.max(0, copy.length - at)), Math.min(at, copy.length));
    return copy;
  }),
);

const options = (folder: string) => ({
  folder,
  head: 'head.json',
  begin: () => Promise.resolve({ head: 'read', nameOf: (each: string) => (each === 'zz' ? null : each), required: [] }),
});
const streamOf = (bytes: Uint8Array) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 700) controller.enqueue(bytes.slice(at, at + 700));
      controller.close();
    },
  });

test.prop([fc.array(entry, { maxLength: 5 }), harm], { numRuns: 60 })(
  'whatever an archive holds, only plain private files land in the folder, each as it was packed, or it is refused',
  async (found, damage) => {
    const above = await temporaryDirectory();
    const folder = join(above, 'home');
    mkdirSync(folder);
    const files = found.map(({ header, body }) => ({
      header: { ...header, size: header.type === 'file' ? body.length : 0 },
      body: header.type === 'file' ? body : new Uint8Array(),
    }));
    let packed: Uint8Array;
    try {
      packed = await packTar([head, ...files]);
    } catch {
      // Not even an archive.
      return;
    }
    const bytes = damage(packed);
    const isWhole = await unpackFiles(streamOf(bytes), options(folder)).then(
      () => true,
      (error: unknown) => error instanceof Error && false,
    );
    expect(readdirSync(above)).toEqual(['home']);
    for (const each of readdirSync(folder)) {
      const stats = lstatSync(join(folder, each));
      expect([each, stats.isFile(), stats.mode & 0o7777]).toEqual([each, true, 0o600]);
      if (!isWhole || bytes !== packed) continue;
      const [only, ...more] = files.filter(({ header }) => header.name === each);
      expect(more).toEqual([]);
      expect(readFileSync(join(folder, each)).equals(only!.body)).toBe(true);
    }
  },
);

it('what was packed comes out, a long name and an empty file too; a part of it never does', async () => {
  const from = await temporaryDirectory();
  const names = ['head.json', 'empty', 'a'.repeat(99)];
  for (const each of names) writeFileSync(join(from, each), each === 'empty' ? '' : each.repeat(50));
  chmodSync(join(from, 'empty'), 0o644);
  const files = names.map((each) => ({ name: each, path: join(from, each) }));
  const bytes = new Uint8Array(await new Response(packFiles(files, { mtime: new Date(0) })).arrayBuffer());
  const folder = await temporaryDirectory();
  expect(await unpackFiles(streamOf(bytes), options(folder))).toBe('read');
  expect(readdirSync(folder).toSorted()).toEqual(names.slice(1).toSorted());
  expect(readFileSync(join(folder, names[2]!), 'utf8')).toBe(names[2]!.repeat(50));
  // Also where one file ends and the next begins.
  for (let end = 0; end < bytes.length; end += 256) {
    const part = unpackFiles(streamOf(bytes.subarray(0, end)), options(await temporaryDirectory()));
    await expect(part, `cut at ${end}`).rejects.toThrow(/.+/u);
  }
});

it('two files of one name, what is missing, and more than a home holds are refused', async () => {
  const file = (each: string) => ({ header: { name: each, type: 'file' as const, size: 0 }, body: '' });
  const unpack = async (names: string[], required: string[] = []) => {
    const folder = await temporaryDirectory();
    const bytes = await packTar([head, ...names.map(file)]);
    const begin = () =>
      Promise.resolve({ head: 'read', nameOf: (each: string) => (each.startsWith('f') ? null : each), required });
    return await unpackFiles(streamOf(bytes), { folder, head: 'head.json', begin });
  };
  await expect(unpack(['a', 'b', 'a'])).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  await expect(unpack(['a', 'A'])).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  await expect(unpack(['a', 'head.json'])).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  await expect(unpack(['a'], ['a', 'b'])).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  await expect(unpack(Array.from({ length: 1_001 }, (_, at) => `f${at}`))).rejects.toMatchObject({
    code: 'BACKUP_UNREADABLE',
  });
  expect(await unpack(['b', 'a'], ['a', 'b'])).toBe('read');
});
