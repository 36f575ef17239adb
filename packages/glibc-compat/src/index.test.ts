import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { PrepareBindingOptions } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "GlibcCompatError",
      "applyPatch",
      "assessHost",
      "defaultCacheFolder",
      "findBinding",
      "glibcCompatErrorTexts",
      "hostGlibc",
      "planPatch",
      "prepareBinding",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.prepareBinding).toEqualTypeOf<(options: PrepareBindingOptions) => string>();
});
