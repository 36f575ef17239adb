import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "BaseError",
      "atOnce",
      "backoffMs",
      "causesOf",
      "chunksOf",
      "createElapsedClock",
      "createGcra",
      "createSeededRandom",
      "createSteadyClock",
      "decodeText",
      "endAll",
      "fillIn",
      "hasUnseen",
      "inPieces",
      "indentingTab",
      "isBaseError",
      "nearMiss",
      "parseJson",
      "parseRetryAfter",
      "printable",
      "printableJson",
      "quoteInput",
      "tabMessage",
      "timerMs",
      "wallClock",
      "withDefaults",
    ]
  `);
});

test('the types are what callers write against', () => {
  const error = new surface.BaseError({ code: 'NO_ADDRESS', shortMessage: 'bob.eth has no address.' });
  expectTypeOf(error).toExtend<Error>();
  expectTypeOf(error.retryable).toEqualTypeOf<boolean>();
  expectTypeOf(surface.isBaseError).guards.toExtend<surface.BaseError>();
  expectTypeOf(surface.wallClock).toEqualTypeOf<() => number>();
});
