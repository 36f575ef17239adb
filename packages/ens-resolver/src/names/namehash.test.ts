import { expect, test } from 'vitest';
import { namehash } from './namehash.ts';

test('the example of EIP-137', () => {
  expect(namehash('foo.eth')).toBe('0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f');
});
