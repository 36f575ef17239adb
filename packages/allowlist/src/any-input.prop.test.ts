import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { AllowlistError, openAllowlist, openGroupList } from './index.ts';

const path = '/nowhere/list.yaml';

test.each([
  {},
  { path: undefined },
  { path: '' },
  { path: 5 },
  { path, pollMs: NaN },
  { path, lockTimeoutMs: -1 },
  { path, maxBytes: '5' },
])('options that cannot be meant are named: %j', async (options) => {
  for (const open of [openAllowlist, openGroupList])
    await expect(open(options as never)).rejects.toMatchObject({ name: 'AllowlistError', code: 'INVALID_OPTION' });
});

test('whatever is asked of a list is answered or refused with a code, and `await using` closes it', async () => {
  await using list = await openAllowlist({ path: join(await temporaryDirectory(), 'list.yaml'), watch: false });
  onTestFinished(() => expect(list.has('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed')).toBe(false));
  await list.add({ address: '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed' });
  await fc.assert(
    fc.asyncProperty(fc.anything(), fc.anything(), async (value, name) => {
      const text = value as string;
      expect([list.has(text), list.find(text)]).toEqual([false, null]);
      expect(await list.remove(text)).toBeNull();
      expect(await list.rename(text, null)).toBeNull();
      await expect(list.add({ address: text, name: name as string })).rejects.toBeInstanceOf(AllowlistError);
    }),
    { numRuns: 30 },
  );
  expect(list.status()).toMatchObject({ state: 'ready', count: 1 });
});
