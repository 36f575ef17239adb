import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { AdmissionVerdict } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "GuardError",
      "admissionLimits",
      "createAdmission",
      "createBoundary",
      "guardErrorTexts",
      "parseBoundary",
      "renderBody",
      "renderLine",
      "renderSystemPrompt",
      "scrubOutbound",
      "textLimits",
      "unstuff",
    ]
  `);
});

test('the types are what callers write against', () => {
  const admission = surface.createAdmission({ self: 'a', isAllowed: () => true });
  expectTypeOf(admission.admit).returns.toEqualTypeOf<AdmissionVerdict>();
  expectTypeOf(surface.createBoundary).returns.toHaveProperty('wrap');
});
