import { expect, test } from 'vitest';
import { checkAddress } from './check-address.ts';

const mixed = '0x52908400098527886E0F7030069857D2E4169EE7';
const eip55 = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

test('accepts one case throughout and the exact checksum', () => {
  for (const text of [mixed, eip55, eip55.toLowerCase(), `0x${eip55.slice(2).toUpperCase()}`]) {
    expect(checkAddress(text)).toMatchObject({ ok: true, lower: text.toLowerCase() });
  }
});

test('refuses a mixed case that is not the checksum', () => {
  expect(checkAddress(eip55.replace('aA', 'Aa'))).toMatchObject({ ok: false, code: 'BAD_CHECKSUM' });
});

test('refuses the zero address', () => {
  expect(checkAddress(`0x${'0'.repeat(40)}`)).toMatchObject({ ok: false, code: 'ZERO_ADDRESS' });
});

test.each([
  '',
  '0x',
  '0x1234...abcd',
  `${eip55}0`,
  eip55.slice(0, -1),
  `0X${eip55.slice(2)}`,
  ` ${eip55}`,
  `${eip55}\n`,
  'a.eth',
])('refuses %j', (text) => {
  expect(checkAddress(text)).toMatchObject({ ok: false, code: 'INVALID_ADDRESS' });
});
