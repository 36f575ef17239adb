import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseAnswerJson } from './parse-answer-json.ts';
import { readAnswer } from './read-answer.ts';

test.prop([fc.string(), fc.constantFrom(undefined, 'text/plain', 'text/html', 'application/json', 'a/b')])(
  'any answer is read or refused, never thrown',
  (body, type) => {
    expect(['reply', 'none', 'unclear']).toContain(readAnswer(body, type).kind);
  },
);

test.prop([fc.json(), fc.boolean()])('any JSON is read or refused, never thrown', (body, isResult) => {
  expect(['reply', 'none', 'unclear']).toContain(readAnswer(body, 'application/json', { isResult }).kind);
});

test.prop([fc.string({ unit: 'binary' })])('bare control characters in a string are read as they are', (words) => {
  const bare = JSON.stringify(words).replaceAll(/\\([bfnrt])/gu, (escaped) => JSON.parse(`"${escaped}"`) as string);
  expect(parseAnswerJson(`{"reply": ${bare}}`)).toEqual({ reply: words });
});
