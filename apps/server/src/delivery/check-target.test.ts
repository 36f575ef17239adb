import { expect, test } from 'vitest';
import { addressClass } from './address-class.ts';
import { checkAddress, checkTarget } from './check-target.ts';

test.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.0.9', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['fd00::1', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['1.1.1.1', 'public'],
  ['2606:4700::1111', 'public'],
  ['169.254.169.254', 'never'],
  ['::ffff:169.254.169.254', 'never'],
  ['0.0.0.0', 'never'],
  ['::', 'never'],
  ['224.0.0.1', 'never'],
  ['255.255.255.255', 'never'],
  ['fe80::1', 'never'],
  ['64:ff9b::7f00:1', 'never'],
  ['2002:7f00:1::', 'never'],
  ['nonsense', 'never'],
])('%s is %s', (address, expected) => {
  expect(addressClass(address)).toBe(expected);
});

test.each([
  ['http://127.0.0.1:3000/hook', false, true],
  ['http://localhost:3000/', false, true],
  ['http://[::1]:3000/', false, true],
  ['https://agent.example/', false, true],
  ['http://agent.example/', false, false],
  ['http://agent.internal/', true, true],
  ['https://10.0.0.1/', false, false],
  ['https://10.0.0.1/', true, true],
  ['http://10.0.0.1/', true, true],
  ['http://1.1.1.1/', true, false],
  ['https://1.1.1.1/', false, true],
  ['https://169.254.169.254/', true, false],
  ['http://2130706433/', false, true],
  ['http://0x7f.1/', false, true],
  ['http://0/', true, false],
  ['https://user:pass@agent.example/', false, false],
  ['ftp://127.0.0.1/', false, false],
])('%s with private networks %s: %s', (url, allowPrivate, ok) => {
  expect(checkTarget(new URL(url), { allowPrivate }).ok).toBe(ok);
});

test('plain http to a public address is refused even when the name looked private', () => {
  expect(checkAddress(new URL('http://agent.internal/'), '1.1.1.1', { allowPrivate: true }).ok).toBe(false);
});
