import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { OwsSigner } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "OwsSignerError",
      "createOwsSigner",
      "isXmtpInstallationText",
      "isXmtpSignatureText",
      "locateOws",
      "owsSignerErrorTexts",
      "parseWalletList",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.createOwsSigner).returns.resolves.toEqualTypeOf<OwsSigner>();
  expectTypeOf<OwsSigner['signMessage']>().returns.resolves.toExtend<Uint8Array>();
  expectTypeOf(surface.locateOws).toEqualTypeOf<() => string | null>();
});
