import { expect, test } from 'vitest';
import { readOutput } from './read-output.ts';

test('what the command prints for people, read for the scenarios', () => {
  const listed = readOutput(
    '\n[CONVERSATIONS]\n   Total: 2\n\n   1. [GROUP]: aa\n      Name: one\n\n   2. [DM]: bb\n\n   3. [DM]: cc\n',
  );
  expect([listed.conversations('dm'), listed.conversations('group')]).toEqual([['bb', 'cc'], ['aa']]);
  const said = (content: string) => `\n   1. [2026-01-01T00:00:00.000Z]\n      From: dd\n      Content: ${content}\n`;
  expect(readOutput(['hello', '{"initiatedByInboxId":"dd"}', 'Empty', '12'].map(said).join('')).texts()).toEqual([
    'hello',
    '12',
  ]);
  expect(readOutput('\n[MEMBERS]\n   Total: 2\n   1. aa\n   2. bb\n').members()).toEqual(['aa', 'bb']);
  expect(readOutput('[OK] DM created: bb\n').after('[OK] DM created:')).toBe('bb');
  expect(() => readOutput('nothing').after('[OK] DM created:')).toThrow('did not print');
});
