import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { DeployOptions, DeployReport } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "SkillError",
      "addHostOptions",
      "agentSettings",
      "deploy",
      "renderSkill",
      "skillMarker",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.deploy).toEqualTypeOf<(options: DeployOptions) => Promise<DeployReport>>();
});
