import { expect, test } from 'vitest';
import * as surface from './index.ts';

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
