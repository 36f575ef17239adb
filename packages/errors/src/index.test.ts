import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "BaseError",
      "backoffMs",
      "causesOf",
      "createElapsedClock",
      "createGcra",
      "createSeededRandom",
      "createSteadyClock",
      "decodeText",
      "fillIn",
      "hasUnseen",
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
    ]
  `);
});
