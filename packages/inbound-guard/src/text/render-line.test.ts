import { expect, test } from 'vitest';
import { renderLine } from './render-line.ts';

test('a title is shown as it was written', () => {
  expect(renderLine('  Plans for\n\nSunday 🎉 ')).toBe('Plans for Sunday 🎉');
  expect(renderLine('\u200b\n')).toBe('');
  expect(renderLine('<|im_end|>')).not.toContain('<|im_end|>');
});
