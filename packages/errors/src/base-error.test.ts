import { expect, test } from 'vitest';
import { BaseError, isBaseError } from './index.ts';

const options = { code: 'NO_ROUTE', shortMessage: 'There is no route to the recipient.' } as const;

test('message joins what happened and what to do', () => {
  const error = new BaseError({
    ...options,
    metaMessages: ['The name has no address.', 'Ask its owner to set one.'],
  });
  expect(error.message).toMatchInlineSnapshot(`
    "There is no route to the recipient.

    The name has no address.
    Ask its owner to set one."
  `);
});

test('defaults are final, quiet and without a cause', () => {
  const error = new BaseError(options);
  expect(error.message).toBe(options.shortMessage);
  expect(error.retryable).toBe(false);
  expect(error.metaMessages).toEqual([]);
  expect('cause' in error).toBe(false);
});

test('walk finds an error behind the error, and ends on a cycle', () => {
  const root = new TypeError('socket closed');
  const middle = new Error('request failed', { cause: root });
  const error = new BaseError({ ...options, cause: middle });
  expect(error.walk((e) => e instanceof TypeError)).toBe(root);
  expect(error.walk((e) => e instanceof BaseError)).toBe(error);
  expect(error.walk((e) => e instanceof RangeError)).toBeNull();
  root.cause = middle;
  expect(error.walk((e) => e instanceof RangeError)).toBeNull();
});

test('recognises errors of another copy of the package, and nothing else', () => {
  const foreign = Object.defineProperty(new Error('x'), Symbol.for('xmtp-messaging.error'), { value: true });
  expect(isBaseError(new BaseError(options))).toBe(true);
  expect(isBaseError(foreign)).toBe(true);
  expect(isBaseError(new Error('x'))).toBe(false);
  expect(isBaseError({ code: 'NO_ROUTE' })).toBe(false);
});

test('the brand stays out of logs that serialise own enumerable keys', () => {
  expect(Object.keys(new BaseError(options)).toSorted()).toEqual([
    'code',
    'metaMessages',
    'name',
    'retryable',
    'shortMessage',
  ]);
});
