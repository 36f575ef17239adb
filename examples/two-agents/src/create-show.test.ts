import { expect, test } from 'vitest';
import { createShow, StepError } from './create-show.ts';

function recorded() {
  const lines: string[] = [];
  let time = 0;
  const stop = new AbortController();
  const show = createShow({ write: (text) => lines.push(text), signal: stop.signal, now: () => (time += 420) });
  return { lines, show, stop };
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

test('after an interruption no step begins, and one that fails for it is no failed step', async () => {
  const { lines, show, stop } = recorded();
  const failing = show.step('bob answers', async () => {
    stop.abort();
    throw new Error('socket closed');
  });
  await expect(failing).rejects.toThrow('aborted');
  await expect(show.step('never', async () => 'run')).rejects.toThrow('aborted');
  expect(lines).toEqual([]);
});
