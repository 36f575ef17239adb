import { expect, test } from 'vitest';
import { pause } from './pause.ts';
import { late, within } from './within.ts';

const never = new Promise<never>(() => undefined);

test('a pause ends with its signal', async () => {
  const controller = new AbortController();
  const paused = pause(60_000, controller.signal);
  controller.abort();
  const again = pause(60_000, controller.signal);
  expect(await Promise.all([paused, again])).toEqual([undefined, undefined]);
});

test.each([2 ** 31, Number.POSITIVE_INFINITY])('%d milliseconds are not over at once', async (ms) => {
  const controller = new AbortController();
  const paused = pause(ms, controller.signal).then(() => 'paused');
  const limited = within(never, { ms, signal: controller.signal }).catch(() => 'aborted');
  // A timer that was set too high fires after one millisecond.
  const other = pause(5, controller.signal).then(() => 'other');
  expect(await Promise.race([paused, limited, other])).toBe('other');
  controller.abort();
  expect(await Promise.all([paused, limited])).toEqual(['paused', 'aborted']);
});

test('waiting ends with the work, the time or the signal', async () => {
  expect(await within(Promise.resolve(7), { ms: 1_000 })).toBe(7);
  expect(await within(never, { ms: 1 })).toBe(late);
  await expect(within(Promise.reject(new Error('no')), { ms: 1_000 })).rejects.toThrow('no');
  const controller = new AbortController();
  const waiting = within(never, { ms: 60_000, signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(within(never, { ms: 60_000, signal: controller.signal })).rejects.toThrow('enough');
});
