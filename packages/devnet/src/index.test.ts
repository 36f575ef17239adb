import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import * as injectSurface from './inject-devnet.ts';
import * as vitestSurface from './vitest.ts';
import * as poolSurface from './vitest-pool.ts';
import type { Devnet, DevnetAccount } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "DevnetError",
      "createAccount",
      "createDevnet",
      "createDevnetPool",
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
  expect(Object.keys(injectSurface)).toEqual(['injectDevnet']);
  expect(Object.keys(poolSurface).toSorted()).toEqual(['setup', 'startDevnetPool']);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.createDevnet).returns.resolves.toEqualTypeOf<Devnet>();
  expectTypeOf<Devnet['url']>().toEqualTypeOf<string>();
  expectTypeOf<Devnet['createAccount']>().returns.toEqualTypeOf<DevnetAccount>();
});
