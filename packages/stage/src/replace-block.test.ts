import { expect, test } from 'vitest';
import { replaceBlock } from './replace-block.ts';

test('only what lies between the marks of that name is replaced', () => {
  const document = 'before\n<!-- a:begin -->\nold\n<!-- a:end -->\n<!-- b:begin -->\nkept\n<!-- b:end -->\n';
  const once = replaceBlock(document, 'a', 'new\n');
  expect(once).toBe('before\n<!-- a:begin -->\n\nnew\n\n<!-- a:end -->\n<!-- b:begin -->\nkept\n<!-- b:end -->\n');
  expect(replaceBlock(once, 'a', 'new')).toBe(once);
  expect(() => replaceBlock('no marks', 'a', 'new')).toThrow('a:begin');
});
