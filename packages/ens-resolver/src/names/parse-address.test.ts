import { expect, test } from 'vitest';
import { checkAddress, parseAddress } from './parse-address.ts';

const checksummed = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const hex = checksummed.slice(2);

test('lower case, upper case and the right checksum are the same address', () => {
  expect(parseAddress(checksummed)).toBe(checksummed);
  expect(parseAddress(`0x${hex.toLowerCase()}`)).toBe(checksummed);
  expect(parseAddress(`0x${hex.toUpperCase()}`)).toBe(checksummed);
});

test.each([
  ['0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045', 'BAD_CHECKSUM'],
  [`0x${'0'.repeat(40)}`, 'ZERO_ADDRESS'],
  [`0X${hex}`, 'INVALID_ADDRESS'],
  [hex, 'INVALID_ADDRESS'],
  [`0x${hex.slice(1)}`, 'INVALID_ADDRESS'],
  [`0x${hex}0`, 'INVALID_ADDRESS'],
  [`${checksummed}\n`, 'INVALID_ADDRESS'],
  [` ${checksummed}`, 'INVALID_ADDRESS'],
  ['0x1234...abcd', 'INVALID_ADDRESS'],
  ['', 'INVALID_ADDRESS'],
])('%j is refused as %s', (text, fault) => {
  expect(checkAddress(text)).toEqual({ ok: false, fault });
  expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: fault, input: text, retryable: false }));
});

test('a digit has no case: an address without letters is its own checksum', () => {
  const digits = `0x${'1'.repeat(40)}`;
  expect(parseAddress(digits)).toBe(digits);
});

test('the message says what is wrong and what to do', () => {
  expect(() => parseAddress('0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045')).toThrowErrorMatchingInlineSnapshot(`
    [ResolveError: "0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045" has a wrong EIP-55 checksum.

    A letter is mistyped or its case was changed. Copy the address again; do not just lower-case it.]
  `);
});
