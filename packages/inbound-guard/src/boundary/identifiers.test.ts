import { createSeededRandom } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import { freshId, markFor, randomGutter, randomId, secureRandomBytes } from './identifiers.ts';
import { gutterPattern, idPattern, markPattern } from './layout.ts';

test('randomness comes in, so that tests can repeat it', () => {
  const seeded = () => {
    const random = createSeededRandom(1);
    return (size: number) => Uint8Array.from({ length: size }, () => random() * 256);
  };
  expect(randomId(seeded())).toBe(randomId(seeded()));
  expect(randomGutter(seeded())).toBe(randomGutter(seeded()));
});

test('gutters and marks have their shapes, and a mark follows from its gutter', () => {
  const marks = new Set<string>();
  for (let at = 0; at < 200; at += 1) {
    const gutter = randomGutter(secureRandomBytes);
    expect(gutter).toMatch(gutterPattern);
    expect(markFor(gutter)).toMatch(markPattern);
    marks.add(markFor(gutter));
  }
  expect(marks.size).toBeGreaterThan(150);
  expect(markFor('x7k2')).toBe(markFor('x7k2'));
});

test('RFC 2046: an id that the body holds, in whatever case, is not used', () => {
  const [first, second, third] = ['a'.repeat(16), 'b'.repeat(16), 'c'.repeat(16)];
  const idFor = (id: string) => ({ m: first, 'm#1': second })[id] ?? third;
  const fresh = (body: string) => freshId({ messageId: 'm', body, idFor, randomBytes: secureRandomBytes });
  expect(fresh('')).toBe(first);
  expect(fresh(`x ${first.toUpperCase()} y`)).toBe(second);
  expect(fresh(`${first} ${second}`)).toBe(third);
});

test('an idFor that always gives the same id does not hang the guard', () => {
  const same = 'a'.repeat(16);
  expect(freshId({ messageId: 'm', body: same, idFor: () => same, randomBytes: secureRandomBytes })).toMatch(idPattern);
});
