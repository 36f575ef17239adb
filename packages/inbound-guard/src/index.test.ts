import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "ADMISSION_LIMITS",
      "GuardError",
      "TEXT_LIMITS",
      "createAdmission",
      "createBoundary",
      "guardErrorTexts",
      "parseBoundary",
      "renderBody",
      "renderSystemPrompt",
      "scrubOutbound",
      "unstuff",
    ]
  `);
});
