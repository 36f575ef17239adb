import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { Terminal } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toEqual(['CliError', 'cliErrorTexts', 'exitCodes', 'runCli']);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.runCli).toEqualTypeOf<(terminal: Terminal) => Promise<number>>();
});
