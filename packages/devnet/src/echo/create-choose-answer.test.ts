import { expect, test } from 'vitest';
import { createChooseAnswer } from './create-choose-answer.ts';

test('everything is answered with the same words', () => {
  const answer = createChooseAnswer();
  expect(['a', 'b', ''].map((text) => answer({ conversationId: 'x', text }))).toEqual(['a', 'b', '']);
});

test('two bots that echo each other come to an end, and a new word begins anew', () => {
  const answer = createChooseAnswer();
  let said: string | null = 'hello';
  let rounds = 0;
  while (said !== null && rounds < 100) {
    rounds += 1;
    said = answer({ conversationId: 'x', text: said });
  }
  expect(rounds).toBe(6);
  expect(answer({ conversationId: 'y', text: 'hello' })).toBe('hello');
  expect(answer({ conversationId: 'x', text: 'news' })).toBe('news');
  expect(answer({ conversationId: 'x', text: 'hello' })).toBe('hello');
});
