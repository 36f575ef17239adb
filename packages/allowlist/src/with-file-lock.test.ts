import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { withFileLock } from './with-file-lock.ts';

const never = new AbortController().signal;

test('tasks under one lock never overlap', async () => {
  const path = join(await temporaryDirectory(), 'lock');
  let inside = 0;
  const task = async () => {
    expect(++inside).toBe(1);
    await stat(path);
    inside--;
  };
  const runs = Array.from({ length: 8 }, () =>
    withFileLock({ path, timeoutMs: 10_000, signal: never, random: () => 0 }, task),
  );
  await Promise.all(runs);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('waiting ends at its limit and by its signal; failing tasks let go', async () => {
  const path = join(await temporaryDirectory(), 'lock');
  const nothing = async () => 'mine';
  await withFileLock({ path, timeoutMs: 0, signal: never }, async () => {
    await expect(withFileLock({ path, timeoutMs: 20, signal: never }, nothing)).rejects.toMatchObject({
      code: 'ALLOWLIST_LOCKED',
      retryable: true,
    });
    const signal = AbortSignal.timeout(20);
    await expect(withFileLock({ path, timeoutMs: 60_000, signal }, nothing)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
  const failing = withFileLock({ path, timeoutMs: 0, signal: never }, () => Promise.reject(new Error('task')));
  await expect(failing).rejects.toThrow('task');
  expect(await withFileLock({ path, timeoutMs: 0, signal: never }, nothing)).toBe('mine');
});
