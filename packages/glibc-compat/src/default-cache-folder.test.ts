import { expect, test } from 'vitest';
import { defaultCacheFolder } from './default-cache-folder.ts';

test('the cache stands where the XDG specification says', () => {
  const folder = (xdgCacheHome: string | undefined) => defaultCacheFolder({ xdgCacheHome, home: '/home/a' });
  expect(folder('/var/cache/a')).toBe('/var/cache/a/xmtp-glibc-compat');
  expect([undefined, '', 'relative'].map(folder)).toEqual(Array(3).fill('/home/a/.cache/xmtp-glibc-compat'));
});
