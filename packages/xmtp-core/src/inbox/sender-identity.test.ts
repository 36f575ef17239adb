import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createSenderIdentity } from './sender-identity.ts';

function setUp(inboxes: Record<string, string[]>, owners: Record<string, string | null>) {
  const clock = createManualClock();
  const asked: string[] = [];
  const source = {
    async fetchIdentity(inboxId: string) {
      asked.push(inboxId);
      const addresses = inboxes[inboxId];
      if (addresses === undefined) throw new Error('unreachable');
      return { addresses };
    },
    inboxIdOf: async (address: string) => owners[address] ?? null,
  };
  return { clock, asked, inboxes, resolve: createSenderIdentity({ source, now: () => clock.now() }) };
}

test('an address counts only when it maps back to the inbox that lists it', async () => {
  const { resolve } = setUp({ a: ['0x1', '0x2', '0x3'] }, { '0x1': 'a', '0x2': 'b' });
  expect(await resolve('a')).toEqual(['0x1']);
});

test('an answer is kept for a minute and asked for once by many', async () => {
  const { resolve, asked, clock, inboxes } = setUp({ a: ['0x1'] }, { '0x1': 'a' });
  await Promise.all([resolve('a'), resolve('a')]);
  expect(asked).toEqual(['a']);
  inboxes['a'] = [];
  clock.advance(59_999);
  expect(await resolve('a')).toEqual(['0x1']);
  clock.advance(1);
  expect(await resolve('a')).toEqual([]);
});

test('a failure decides nothing and is not kept', async () => {
  const { resolve, inboxes } = setUp({}, { '0x1': 'a' });
  await expect(resolve('a')).rejects.toThrow('unreachable');
  inboxes['a'] = ['0x1'];
  expect(await resolve('a')).toEqual(['0x1']);
});
