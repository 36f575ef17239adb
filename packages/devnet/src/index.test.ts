import { expect, test } from 'vitest';
import * as surface from './index.ts';
import * as vitestSurface from './vitest.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "DevnetError",
      "createAccount",
      "createDevnet",
      "createQuotas",
      "devnetErrorTexts",
      "productionLimits",
    ]
  `);
  expect(Object.keys(vitestSurface).toSorted()).toMatchInlineSnapshot(`
    [
      "setup",
      "startDevnet",
    ]
  `);
});
