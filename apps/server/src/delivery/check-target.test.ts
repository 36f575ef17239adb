import { expect, test } from 'vitest';
import { checkAddress, checkTarget } from './check-target.ts';

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
  ['http://100.100.100.200/', true, false],
  ['http://[fd00:ec2::254]/', true, false],
  ['http://[::ffff:169.254.169.254]/', true, false],
  ['http://[::a9fe:a9fe]/', true, false],
  ['https://168.63.129.16/', true, false],
  ['http://0xa9fea9fe/', true, false],
  ['http://169.254.43518/', true, false],
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
