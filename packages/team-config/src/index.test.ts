import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { TeamAgent, TeamConfig } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "TeamConfigError",
      "hostNames",
      "parseTeamConfig",
      "resolveAgent",
      "teamConfigErrorTexts",
      "teamJsonSchema",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.parseTeamConfig).returns.toEqualTypeOf<TeamConfig>();
  expectTypeOf(surface.resolveAgent).toEqualTypeOf<(team: TeamConfig, name: string) => TeamAgent>();
});
