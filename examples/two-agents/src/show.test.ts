import { expect, test } from 'vitest';
import { createShow, StepError } from './show.ts';

function recorded() {
  const lines: string[] = [];
  let time = 0;
  const show = createShow(
    (text) => lines.push(text),
    () => (time += 420),
  );
  return { lines, show };
}

test('a line a step: what, result, time', async () => {
  const { lines, show } = recorded();
  await show.step('local XMTP network', async () => 'http://127.0.0.1:5556');
  expect(lines.join('').replaceAll(/ {2,}/g, '  ')).toBe('  ✓ local XMTP network  http://127.0.0.1:5556  420 ms\n');
});

test('a step that fails is named, with its reason', async () => {
  const { lines, show } = recorded();
  const failure = await show
    .step('bob answers', () => Promise.reject(new Error('503')))
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StepError);
  expect((failure as StepError).message).toBe('Step failed: bob answers\n503');
  expect(lines.join('')).toContain('✗ bob answers');
});
