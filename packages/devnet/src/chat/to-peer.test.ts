import { expect, test } from 'vitest';
import { toPeer } from './to-peer.ts';

test('an address is itself, a name its account', () => {
  const address = '0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  expect(toPeer(address)).toEqual({ name: address, address: address.toLowerCase() });
  expect(toPeer('0').address).toBe(address.toLowerCase());
});

test.each(['0x12', '0Xzz', 'a b', ''])('%j is nobody', (to) => {
  expect(() => toPeer(to)).toThrow(/not valid/);
});
