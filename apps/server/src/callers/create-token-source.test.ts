import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createTokenSource, type TokenText } from './create-token-source.ts';

const [one, two] = ['kQ3vJ8mTz0LrX2Ns', 'wP4xL9nUa1MsY3Ot'];

function setUp(allowWeak = false) {
  const clock = createManualClock();
  const events: string[] = [];
  let found: TokenText = null;
  const source = createTokenSource({
    read: () => found,
    allowWeak,
    onProblem: (problem) => events.push(problem),
    onChange: (count) => events.push(`${count} valid`),
    now: () => clock.now(),
  });
  const after = (ms: number, text: TokenText) => {
    found = text;
    clock.advance(ms);
    return source()?.length ?? null;
  };
  return { after, events };
}
const lines = (...secret: string[]): TokenText => ({ ok: true, secret: secret.join('\n') });
const gone: TokenText = { ok: false, problem: 'is gone' };

test('a token is exchanged while both are valid', () => {
  const { after, events } = setUp();
  expect(after(0, null)).toBeNull();
  expect(after(1000, lines(one))).toBe(1);
  expect(after(500, lines(two, one))).toBe(1);
  expect(after(500, lines(two, one))).toBe(2);
  expect(after(1000, lines(two))).toBe(1);
  expect(events).toEqual(['2 valid', '1 valid']);
});

test('a file that is written anew may be away for moments; one that stays away is good for nothing', () => {
  const { after, events } = setUp();
  expect(after(0, lines(one))).toBe(1);
  expect([after(1000, gone), after(3000, gone), after(1000, gone), after(1000, gone)]).toEqual([1, 1, 0, 0]);
  expect(events).toEqual(['is gone', '0 valid']);
  expect(after(1000, lines(one))).toBe(1);
});

test('what cannot be used is told once, and the rest is taken', () => {
  const { after, events } = setUp();
  expect(after(0, lines(one, 'short', 'aaaaaaaaaaaaaaaa'))).toBe(1);
  expect(after(1000, lines(one, 'short', 'aaaaaaaaaaaaaaaa'))).toBe(1);
  expect(events).toEqual(['line 2 is a text of 5 characters; 1 that can be guessed']);
  expect(setUp(true).after(0, lines('aaaaaaaaaaaaaaaa'))).toBe(1);
});

test('the first token is known at once, however lately it was looked for', () => {
  const { after } = setUp();
  expect(after(0, null)).toBeNull();
  expect(after(1, lines(one))).toBe(1);
});
