import { expect, expectTypeOf, test } from 'vitest';
import * as server from './index.ts';
import type { RunningServer, ServerConfig } from './index.ts';

test('the public surface', () => {
  expect(Object.keys(server).toSorted()).toMatchInlineSnapshot(`
    [
      "ServerError",
      "createLogger",
      "parseEnvironment",
      "serverErrorTexts",
      "startServer",
      "startSharedServer",
      "startTeamPage",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(server.startServer).parameter(0).toEqualTypeOf<ServerConfig>();
  expectTypeOf<ReturnType<typeof server.startServer>>().resolves.toEqualTypeOf<RunningServer>();
});
