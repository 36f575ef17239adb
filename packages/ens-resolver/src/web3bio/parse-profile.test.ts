import { expect, test } from 'vitest';
import { profile } from '../../test/web3bio-stand-in.ts';
import { parseProfile } from './parse-profile.ts';

const name = 'vitalik.eth';
const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const asked = { name, platform: 'ens' };

test('an exact profile gives its address in EIP-55 form', () => {
  expect(parseProfile(JSON.stringify(profile(name, address.toLowerCase())), asked)).toBe(address);
});

const body = (overrides: Record<string, unknown>) => JSON.stringify({ ...profile(name, address), ...overrides });

test.each([
  ['null address', body({ address: null }), 'NO_ADDRESS'],
  ['empty address', body({ address: '' }), 'NO_ADDRESS'],
  ['absent address', body({ address: undefined }), 'NO_ADDRESS'],
  ['zero address', body({ address: `0x${'0'.repeat(40)}` }), 'NO_ADDRESS'],
  ['Solana address', body({ address: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU' }), 'BAD_RESPONSE'],
  ['number as address', body({ address: 0xd8da }), 'BAD_RESPONSE'],
  ['wrong checksum', body({ address: address.replace('dA', 'Da') }), 'BAD_RESPONSE'],
  ['somebody else', body({ identity: 'mallory.eth' }), 'NAME_MISMATCH'],
  ['another case', body({ identity: 'Vitalik.eth' }), 'NAME_MISMATCH'],
  ['platform ethereum', body({ platform: 'ethereum' }), 'NAME_MISMATCH'],
  ['platform farcaster', body({ platform: 'farcaster' }), 'NAME_MISMATCH'],
  ['no platform', body({ platform: undefined }), 'NAME_MISMATCH'],
  ['a list', JSON.stringify([profile(name, address)]), 'BAD_RESPONSE'],
  ['null', 'null', 'BAD_RESPONSE'],
  ['a text', '"x"', 'BAD_RESPONSE'],
  ['HTML', '<!doctype html><title>Just a moment...</title>', 'BAD_RESPONSE'],
  ['nothing', '', 'BAD_RESPONSE'],
  ['a hidden profile', `{"__proto__":${JSON.stringify(profile(name, address))}}`, 'NAME_MISMATCH'],
])('%s is refused', (_, text, code) => {
  expect(() => parseProfile(text, asked)).toThrow(expect.objectContaining({ code, source: 'web3.bio', input: name }));
});
