import { expect, test } from 'vitest';
import { createCleanUp } from './create-clean-up.ts';

test('the last that began ends first, and a failure does not spare the others', async () => {
  const ended: string[] = [];
  const cleanUp = createCleanUp();
  cleanUp.defer(() => void ended.push('network'));
  cleanUp.defer(() => Promise.reject(new Error('stuck')));
  cleanUp.defer(() => void ended.push('server'));
  await expect(cleanUp.run()).rejects.toThrow('stuck');
  expect(ended).toEqual(['server', 'network']);
  await expect(cleanUp.run()).resolves.toBeUndefined();
});

test('what begins after the end is ended at once', async () => {
  const ended: string[] = [];
  const cleanUp = createCleanUp();
  await cleanUp.run();
  cleanUp.defer(() => void ended.push('late'));
  expect(ended).toEqual(['late']);
});
