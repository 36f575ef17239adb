import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { publishedPath, smallBinding } from '../test/binding-fixture.ts';
import { readElfImage } from './read-elf-image.ts';
import { applyPatch, planPatch } from './plan-patch.ts';

const debian12 = { glibc: '2.36' };
const architectures = ['x64', 'arm64'] as const;

/** The imports of `bytes` that come from the version with this name, and whether that version is optional. */
function importsOf(bytes: Uint8Array, version: string) {
  const image = readElfImage(bytes);
  const need = image.needs.find((candidate) => candidate.file === 'libc.so.6' && candidate.version === version)!;
  const symbols = Array.from({ length: image.symbolCount }, (_, symbol) => symbol);
  const names = symbols
    .filter((symbol) => image.symbolVersion(symbol) === need.index)
    .map((symbol) => image.symbolName(symbol));
  return { names, weak: need.flags === 2 };
}

test.each([
  ['x64', 'GLIBC_2.2.5'],
  ['arm64', 'GLIBC_2.17'],
] as const)('the two imports of the published %s binding move to %s and nothing else changes', (arch, base) => {
  const published = readFileSync(publishedPath(arch));
  const patched = Buffer.from(published);
  const edits = planPatch(published, debian12);
  applyPatch(patched, edits);

  expect(importsOf(published, 'GLIBC_2.38')).toEqual({ names: ['__isoc23_strtol', '__isoc23_strtoul'], weak: false });
  expect(importsOf(patched, 'GLIBC_2.38')).toEqual({ names: [], weak: true });
  const before = importsOf(published, base).names;
  const after = importsOf(patched, base).names;
  expect(after.filter((name) => !before.includes(name))).toEqual(['strtol', 'strtoul']);
  expect(before.every((name) => after.includes(name))).toBe(true);

  expect(planPatch(patched, debian12)).toEqual([]);
  expect(edits).toHaveLength(5);
  // Apart from the edits, the two are the same.
  for (const { offset, size } of edits) published.copy(patched, offset, offset, offset + size);
  expect(patched.equals(published)).toBe(true);
});

test('a host that has every version needs no edits', () => {
  for (const arch of architectures) expect(planPatch(smallBinding(arch), { glibc: '2.38' })).toEqual([]);
});

test.each(architectures)('anything but the two symbols is refused (%s)', (arch) => {
  const planned = (change: (bytes: Buffer) => void) => {
    const bytes = smallBinding(arch);
    change(bytes);
    return () => planPatch(bytes, debian12);
  };
  const rename = (from: string, to: string) =>
    planned((bytes) => bytes.write(to, bytes.indexOf(`\0${from}\0`) + 1, 'latin1'));
  const unsupported = expect.objectContaining({ code: 'BINDING_UNSUPPORTED' });

  expect(planned(() => undefined)).not.toThrow();
  expect(rename('__isoc23_strtol', '__isoc23_strtox')).toThrow(unsupported);
  expect(rename('GLIBC_2.38', 'GLIBC_2.39')).toThrow(unsupported);
  expect(rename('GLIBC_2.38', 'GLIBC_ABIX')).toThrow(unsupported);
  const others = ['GLIBC_2.17', 'GLIBC_2.18', 'GLIBC_2.28', 'GLIBC_2.33', 'GLIBC_2.34'];
  const used = others.filter((version) => smallBinding(arch).includes(`\0${version}\0`));
  expect(used.length).toBeGreaterThan(2);
  for (const version of used) expect(rename(version, 'GLIBC_2.37')).toThrow(unsupported);
  expect(planned((bytes) => bytes.writeUInt16LE(243, 0x12))).toThrow(unsupported);
  expect(() => planPatch(smallBinding(arch), { glibc: '2.33' })).toThrow(unsupported);
});

test.each(architectures)('the same version of another library is refused too (%s)', (arch) => {
  const bytes = smallBinding(arch);
  const { needs } = readElfImage(bytes);
  const wanted = needs.find(({ version }) => version === 'GLIBC_2.38')!;
  const last = needs.at(-1)!;
  // Elf64_Vernaux: after the flags come the index, two bytes, and the name, four.
  bytes.copy(bytes, last.flagsOffset + 4, wanted.flagsOffset + 4, wanted.flagsOffset + 8);
  expect(() => planPatch(bytes, debian12)).toThrow(`it needs GLIBC_2.38 of libc.so.6, GLIBC_2.38 of ${last.file}`);

  const present = needs.find(({ version }) => version === 'GLIBC_2.34')!;
  bytes.copy(bytes, wanted.flagsOffset + 4, present.flagsOffset + 4, present.flagsOffset + 8);
  expect(() => planPatch(bytes, debian12)).toThrow(`it needs GLIBC_2.38 of ${last.file}.`);
});

test('a defined symbol is never renamed', () => {
  const bytes = smallBinding('x64');
  const image = readElfImage(bytes);
  const symbols = Array.from({ length: image.symbolCount }, (_, symbol) => symbol);
  const strtol = symbols.find((symbol) => image.symbolName(symbol) === '__isoc23_strtol')!;
  bytes.writeUInt16LE(1, image.symbolNameOffset(strtol) + 6);
  expect(() => planPatch(bytes, debian12)).toThrowErrorMatchingInlineSnapshot(`
    [GlibcCompatError: The XMTP binding cannot be made to load on this system's glibc: it needs __isoc23_strtol of glibc 2.38.

    Only __isoc23_strtol and __isoc23_strtoul can be replaced. Use a system with glibc 2.38 or later.]
  `);
});

test('a file of another kind is named as such', () => {
  const malformed = expect.objectContaining({ code: 'BINDING_MALFORMED' });
  for (const bytes of [Buffer.alloc(0), Buffer.from('#!/bin/sh\n'), Buffer.alloc(4096), Buffer.alloc(4096, 0xff)]) {
    expect(() => planPatch(bytes, debian12)).toThrow(malformed);
  }
  const executable = smallBinding('x64');
  executable.writeUInt16LE(2, 0x10);
  expect(() => planPatch(executable, debian12)).toThrowErrorMatchingInlineSnapshot(`
    [GlibcCompatError: The XMTP binding is not a well-formed 64-bit ELF library: it is not a shared library.

    Reinstall @xmtp/node-bindings; the download may be incomplete.]
  `);
});
