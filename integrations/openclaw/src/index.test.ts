import { expect, expectTypeOf, test } from 'vitest';
import entry, * as surface from './index.ts';

test('the public surface is the entry that the host loads', () => {
  expect(Object.keys(surface)).toEqual(['default']);
  expect(Object.keys(entry).toSorted()).toEqual(['channelPlugin', 'description', 'id', 'name', 'register']);
});

test('the types are what the host calls', () => {
  expectTypeOf(entry.id).toEqualTypeOf<string>();
  expectTypeOf<(typeof entry)['register']>().returns.toEqualTypeOf<void>();
});
