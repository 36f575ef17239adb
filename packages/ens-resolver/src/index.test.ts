import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "ResolveError",
      "classifyName",
      "createEnsResolver",
      "parseAddress",
      "parseIdCliInfo",
      "readEnvironment",
      "resolveErrorTexts",
    ]
  `);
});

test('the types are what callers write against', () => {
  const resolver = surface.createEnsResolver();
  expectTypeOf(resolver.resolve).parameter(0).toEqualTypeOf<string>();
  expectTypeOf(resolver.resolve).returns.resolves.toExtend<{ address: string; source: string; verified: boolean }>();
});
