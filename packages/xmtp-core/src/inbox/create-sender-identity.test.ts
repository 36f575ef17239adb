import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createSenderIdentity } from './create-sender-identity.ts';

function setUp(inboxes: Record<string, string[]>, owners: Record<string, string>, listed?: string[]) {
  const clock = createManualClock();
  const asked: string[] = [];
  const mapped: (readonly string[])[] = [];
  const source = {
    async fetchIdentity(inboxId: string) {
      asked.push(inboxId);
      const addresses = inboxes[inboxId];
      if (addresses === undefined) throw new Error('unreachable');
      return { addresses };
    },
    async inboxIdsOf(addresses: readonly string[]) {
      mapped.push(addresses);
      return new Map(
        addresses.flatMap((address) => (owners[address] === undefined ? [] : [[address, owners[address]]])),
      );
    },
  };
  const mayBeHeard = listed === undefined ? undefined : (address: string) => listed.includes(address);
  const sender = createSenderIdentity({ source, mayBeHeard, elapsed: () => clock.now() });
  const resolve = async (inboxId: string) => (await sender(inboxId)).addresses;
  return { clock, asked, mapped, inboxes, listed, sender, resolve };
}

test('many addresses are one question, and none when none of them may be heard', async () => {
  const many = Array.from({ length: 101 }, (_, index) => `0x${index}`);
  const owners = Object.fromEntries(many.map((address) => [address, 'a']));
  const { sender, mapped, listed } = setUp({ a: many, b: ['0xb'] }, owners, ['0xb']);
  const stranger = await sender('a');
  expect([stranger.areVerified, stranger.addresses.length, mapped.length]).toEqual([false, 16, 0]);
  // Put on the list a moment later, he is verified without waiting for anything to expire.
  listed!.push('0x100');
  const known = await sender('a');
  expect([known.areVerified, known.addresses.length, mapped.length]).toEqual([true, 101, 1]);
  expect(mapped[0]![0]).toBe('0x100');
  await sender('a');
  expect(mapped).toHaveLength(1);
});

test('more addresses than an inbox can have are not asked for', async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => `0x${index}`);
  const { sender, mapped } = setUp({ a: many }, {});
  expect(await sender('a')).toEqual({ addresses: [], areVerified: true });
  expect(mapped.map((addresses) => addresses.length)).toEqual([256]);
});

test('whoever is asked to be verified is, although nobody may be heard', async () => {
  const { sender } = setUp({ a: ['0x1', '0x2'] }, { '0x2': 'a' }, []);
  expect(await sender.verified('a')).toEqual({ addresses: ['0x2'], areVerified: true });
});

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
