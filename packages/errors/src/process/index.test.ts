import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface)).toEqual(['oldNodeRefusal', 'packageVersion', 'runProgram']);
});
