import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { Allowlist, AllowlistEntry } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "AllowlistError",
      "allowlistErrorTexts",
      "createDriftMonitor",
      "openAllowlist",
      "openGroupList",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.openAllowlist).returns.resolves.toEqualTypeOf<Allowlist>();
  // What admission takes.
  expectTypeOf<Allowlist['has']>().toExtend<(address: string) => boolean>();
  expectTypeOf<AllowlistEntry>().toHaveProperty('address');
});
