import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test.each([
  ['null', null],
  [' [1] ', [1]],
  ['', undefined],
  ['{"a":', undefined],
  ["{'a':1}", undefined],
  ['undefined', undefined],
])('%j is %j', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});
