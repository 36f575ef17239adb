import { expect, test } from 'vitest';
import { BaseError } from './base-error.ts';
import { type ErrorTexts, fillIn, type KnownErrorOptions } from './fill-in.ts';

type Code = 'GONE' | 'BUSY';

const texts: ErrorTexts<Code> = {
  GONE: { what: 'It is gone.', next: 'Make another.' },
  BUSY: { what: 'It is busy.', next: 'Try again.', retryable: true },
};

const errorOf = (options: KnownErrorOptions<Code>) => new BaseError(fillIn(texts, options));

test('a code alone says what happened, what to do, and whether to try again', () => {
  expect(errorOf({ code: 'BUSY' })).toMatchObject({ message: 'It is busy.\n\nTry again.', retryable: true });
  expect(errorOf({ code: 'GONE' })).toMatchObject({ message: 'It is gone.\n\nMake another.', retryable: false });
});

test('whoever knows more says it instead', () => {
  const cause = new TypeError('behind');
  const options = { shortMessage: 'The key is gone.', metaMessages: [], retryable: true, cause };
  expect(errorOf({ code: 'GONE', ...options })).toMatchObject({
    code: 'GONE',
    message: 'The key is gone.',
    retryable: true,
    cause,
  });
});
