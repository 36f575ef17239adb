import { expect, test } from 'vitest';
import { confirmAnswer, type Saying } from './confirm-answer.ts';
import { ResolveError } from './errors.ts';
import type { ResolverSource } from './types.ts';

const one = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const two = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';
const says = (source: ResolverSource, address: `0x${string}` | 'NOT_FOUND' | 'NO_ADDRESS'): Saying =>
  address.startsWith('0x')
    ? { source, address: address as `0x${string}` }
    : new ResolveError({ code: address as 'NOT_FOUND', input: 'a.eth', source, reason: 'x' });

test('the same answer is accepted as the first source gave it', () => {
  const first = says('id-cli', one);
  expect(confirmAnswer('a.eth', first, says('onchain', one))).toBe(first);
});

test('two kinds of absence are the absence that the first source reported', () => {
  const first = new ResolveError({ code: 'NOT_FOUND', input: 'a.eth', source: 'web3.bio', reason: 'x' });
  expect(() => confirmAnswer('a.eth', first, says('onchain', 'NO_ADDRESS'))).toThrow(first);
});

test.each([
  [one, two],
  [one, 'NOT_FOUND'],
  [one, 'NO_ADDRESS'],
  ['NOT_FOUND', two],
] as const)('%s and %s disagree, and the error holds both', (first, chain) => {
  const address = (saying: string) => (saying.startsWith('0x') ? saying : null);
  expect(() => confirmAnswer('a.eth', says('web3.bio', first), says('onchain', chain))).toThrow(
    expect.objectContaining({
      code: 'SOURCE_DISAGREEMENT',
      retryable: false,
      answers: [
        { source: 'web3.bio', address: address(first) },
        { source: 'onchain', address: address(chain) },
      ],
    }),
  );
});

test('the message names both', () => {
  expect(() => confirmAnswer('a.eth', says('web3.bio', one), says('onchain', 'NOT_FOUND')))
    .toThrowErrorMatchingInlineSnapshot(`
    [ResolveError: "a.eth" has two answers: web3.bio says 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045, the chain says no address.

    A recent transfer may not have reached the first source. Ask the owner which address is right.]
  `);
});
