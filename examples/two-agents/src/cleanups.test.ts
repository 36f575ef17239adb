import { expect, test } from 'vitest';
import { createCleanups } from './cleanups.ts';

test('undoes in reverse order, and all of it although one fails', async () => {
  const cleanups = createCleanups();
  const undone: string[] = [];
  await cleanups.add(async () => undone.push('folder'));
  await cleanups.add(() => Promise.reject(new Error('port stuck')));
  await cleanups.add(async () => undone.push('server'));
  await expect(cleanups.run()).rejects.toThrow('port stuck');
  expect(undone).toEqual(['server', 'folder']);
});

test('what starts after the end is undone at once', async () => {
  const cleanups = createCleanups();
  await cleanups.run();
  let undone = false;
  await cleanups.add(async () => {
    undone = true;
  });
  expect(undone).toBe(true);
});
