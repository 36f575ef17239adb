import { expect, test } from 'vitest';
import { createCleanups } from './create-cleanups.ts';

test('undoes in reverse order, and all of it although one fails', async () => {
  const cleanups = createCleanups();
  const undone: string[] = [];
  cleanups.add(async () => undone.push('folder'));
  cleanups.add(() => Promise.reject(new Error('port stuck')));
  cleanups.add(async () => undone.push('server'));
  await expect(cleanups.run()).rejects.toThrow('port stuck');
  expect(undone).toEqual(['server', 'folder']);
});
