import { fc, test } from '@fast-check/vitest';
import { getAddress, isAddress } from 'viem';
import { expect } from 'vitest';
import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { checkAddress } from './check-address.ts';

test.prop([fc.stringMatching(/^0x[0-9a-f]{40}$/)])('checksums equal those of viem', (lower) => {
  expect(toChecksumAddress(lower)).toBe(getAddress(lower));
});

const flipped = fc
  .tuple(fc.stringMatching(/^0x[0-9a-f]{40}$/), fc.array(fc.nat(39), { maxLength: 1 }))
  .map(([lower, [at]]) => {
    const address = getAddress(lower);
    if (at === undefined) return address;
    const letter = address[at + 2]!;
    const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
    return address.slice(0, at + 2) + other + address.slice(at + 3);
  });

test.prop([fc.oneof(flipped, fc.stringMatching(/^0x[0-9a-fA-F]{40}$/))])(
  'a mixed case is accepted where viem accepts it',
  (text) => {
    fc.pre(/[a-f]/.test(text.slice(2)));
    expect(checkAddress(text).ok).toBe(isAddress(text, { strict: true }));
  },
);
