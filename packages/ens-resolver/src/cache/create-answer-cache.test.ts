import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { ResolveError } from '../errors.ts';
import { createAnswerCache, type CacheOptions } from './create-answer-cache.ts';

const answer = {
  answer: { address: '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045', source: 'web3.bio', verified: false, resolvedAt: 0 },
} as const;
const absent = { error: new ResolveError({ code: 'NOT_FOUND', input: 'x.eth', reason: 'is not known.' }) };

function setUp(options: CacheOptions = {}) {
  const clock = createManualClock();
  return { clock, cache: createAnswerCache(options, () => clock.now()) };
}

test('an address lives five minutes, its absence thirty seconds', () => {
  const { clock, cache } = setUp();
  cache.set('a.eth', answer);
  cache.set('b.eth', absent);
  clock.advance(29_999);
  expect([cache.get('a.eth')?.outcome, cache.get('b.eth')?.outcome]).toEqual([answer, absent]);
  clock.advance(1);
  expect(cache.get('b.eth')).toBeUndefined();
  clock.advance(269_999);
  expect(cache.get('a.eth')?.outcome).toBe(answer);
  clock.advance(1);
  expect(cache.get('a.eth')).toBeUndefined();
});

test('a clock that jumps back expires everything instead of keeping it for longer', () => {
  const { clock, cache } = setUp();
  cache.set('a.eth', answer);
  clock.advance(-1);
  expect(cache.get('a.eth')).toBeUndefined();
});

test('an expired address may stand in only when that is switched on, and absence never', () => {
  const off = setUp({ ttlMs: 10 });
  off.cache.set('a.eth', answer);
  off.clock.advance(10);
  expect(off.cache.getStale('a.eth')).toBeUndefined();

  const on = setUp({ ttlMs: 10, staleIfErrorMs: 20 });
  on.cache.set('a.eth', answer);
  on.cache.set('b.eth', absent);
  on.clock.advance(29);
  expect(on.cache.get('a.eth')).toBeUndefined();
  expect(on.cache.getStale('a.eth')?.outcome).toBe(answer);
  expect(on.cache.getStale('b.eth')).toBeUndefined();
  on.clock.advance(1);
  expect(on.cache.getStale('a.eth')).toBeUndefined();
});

test('the least recently used name goes first', () => {
  const { cache } = setUp({ max: 2 });
  cache.set('a.eth', answer);
  cache.set('b.eth', answer);
  cache.get('a.eth');
  cache.set('c.eth', answer);
  expect(['a.eth', 'b.eth', 'c.eth'].map((name) => cache.get(name) !== undefined)).toEqual([true, false, true]);
});

test.each([{ max: 0 }, { max: 1.5 }, { ttlMs: -1 }, { notFoundTtlMs: Number.NaN }, { staleIfErrorMs: -1 }])(
  '%o is refused',
  (options) => {
    expect(() => setUp(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  },
);
