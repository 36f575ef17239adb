import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { planState } from './plan-state.ts';

test('a state that is not there yet is only written, an empty file is none yet', async () => {
  const folder = await temporaryDirectory();
  const state = join(folder, 'state');
  expect(planState({ state })).toEqual({ dumpTo: state });
  await writeFile(state, '');
  expect(planState({ state, dumpEveryMs: 5 })).toEqual({ dumpTo: state, everyMs: 5 });
  expect(planState({ state, loadState: 'other' })).toMatchObject({ loadFrom: 'other', dumpTo: state });
  expect(planState({ dataDir: 'data', dumpState: state })).toEqual({ dumpTo: state });
});

test('what cannot be meant is refused', async () => {
  const folder = await temporaryDirectory();
  expect(() => planState({ state: folder })).toThrow(/not a file/);
  expect(() => planState({ state: join(folder, 'no', 'state') })).toThrow(/cannot write its state/);
  expect(() => planState({ dataDir: 'data', state: 'state' })).toThrow(/Choose one/);
  expect(() => planState({ dataDir: 'data', loadState: 'state' })).toThrow(/Choose one/);
  expect(() => planState({ dumpEveryMs: 5 })).toThrow(/needs a file/);
  for (const dumpEveryMs of [0, -1, NaN]) expect(() => planState({ state: 'x', dumpEveryMs })).toThrow(/above 0/);
});
