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

test.each([
  ['https://files.example/a', true],
  ['https://1.1.1.1/', true],
  ['http://files.example/', false],
  ['http://localhost/', false],
  ['https://127.0.0.1/', false],
  ['https://[::1]/', false],
  ['https://0x7f.1/', false],
  ['https://10.0.0.1/', false],
  ['https://100.64.0.1/', false],
  ['https://[fd12::1]/', false],
  ['https://169.254.169.254/', false],
  ['https://user@files.example/', false],
  ['data:text/plain,hello', false],
  ['file:///etc/passwd', false],
])('%s, written by a stranger: %s', (url, ok) => {
  expect(checkTarget(new URL(url), { publicOnly: true, allowPrivate: true }).ok).toBe(ok);
});

test('a private network names the setting that lets it in, where there is one', () => {
  const url = new URL('https://agent.internal/');
  expect(checkAddress(url, '10.0.0.1')).toEqual({
    ok: false,
    problem: 'leads to a private network, which is not allowed.',
  });
  expect(checkAddress(url, '10.0.0.1', { privateSetting: 'X=true' })).toMatchObject({
    problem: 'leads to a private network, which needs X=true.',
  });
});
