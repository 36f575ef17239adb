import { expect, test } from 'vitest';
import * as server from './index.ts';

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
