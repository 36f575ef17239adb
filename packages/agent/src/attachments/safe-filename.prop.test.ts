import { fc, test } from '@fast-check/vitest';
import { expect, test as plain } from 'vitest';
import { safeFilename } from './safe-filename.ts';

const fragments = fc.constantFrom(
  '..',
  '/',
  '\\',
  '\u0000',
  '\r\n',
  '"',
  '\u202e',
  '.exe',
  'CON',
  ' ',
  '😀',
  '\ud800',
  '%2f',
  ';',
);
const names = fc
  .array(fc.oneof(fragments, fc.string({ unit: 'binary' })), { maxLength: 200 })
  .map((parts) => parts.join(''));

test.prop([names])('is one name, on every system, of visible characters', (name) => {
  const safe = safeFilename(name);
  if (safe === null) return;
  expect(safe).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(safe.isWellFormed()).toBe(true);
  expect(safe).not.toMatch(/^[.\s]|[.\s]$/u);
  expect(Array.from(safe).length).toBeLessThanOrEqual(101);
  expect(safeFilename(safe)).toBe(safe);
});

plain.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\evil.dll', 'evil.dll'],
  ['.bashrc', 'bashrc'],
  ['photo\u202egnp.exe', 'photo_gnp.exe'],
  ['a"\r\nset-cookie: x.png', 'a___set-cookie_ x.png'],
  ['nul.txt', '_nul.txt'],
  ['Grüße 😀.txt', 'Grüße 😀.txt'],
  ['.. \u0a66', '\u0a66'],
  ['. . con.txt', '_con.txt'],
  [`${'a'.repeat(99)} b c`, 'a'.repeat(99)],
  ['..', null],
  ['', null],
  [null, null],
])('%j becomes %j', (name, safe) => {
  expect(safeFilename(name)).toBe(safe);
});
