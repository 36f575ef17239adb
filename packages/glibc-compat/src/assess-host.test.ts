import { expect, test } from 'vitest';
import { assessHost } from './assess-host.ts';
import { glibcOrder } from './glibc-order.ts';

test('only a Linux host with a glibc before 2.38 needs the patch', () => {
  const assess = (glibc: string | null, platform = 'linux') => assessHost({ platform, glibc });
  expect(['2.34', '2.35', '2.36', '2.37'].map((glibc) => assess(glibc))).toEqual(Array(4).fill('needs-patch'));
  expect(['2.38', '2.39', '2.41', '3.0'].map((glibc) => assess(glibc))).toEqual(Array(4).fill('as-published'));
  expect([assess(null), assess('2.36', 'darwin'), assess('unheard of')]).toEqual(Array(3).fill('as-published'));
});

test('a host that cannot be helped is told so', () => {
  expect(() => assessHost({ platform: 'linux', glibc: '2.31' })).toThrowErrorMatchingInlineSnapshot(`
    [GlibcCompatError: This system's glibc 2.31 is too old for the XMTP binding, which needs 2.34 or later.

    Use a newer system, such as Debian 12, Ubuntu 22.04 or RHEL 9, or a container of one.]
  `);
});

test('versions are ordered by number, and what is no version has no order', () => {
  const versions = ['2.2.5', '2.17', '2.34', '2.38', '2.100'];
  expect(versions.toReversed().toSorted((a, b) => glibcOrder(a)! - glibcOrder(b)!)).toEqual(versions);
  expect(glibcOrder('GLIBC_2.38')).toBe(glibcOrder('2.38'));
  expect(['', '2', 'GLIBC_PRIVATE', 'GLIBCXX_3.4', '2.38-x', '2.1.1.1'].map(glibcOrder)).toEqual(Array(6).fill(null));
});
