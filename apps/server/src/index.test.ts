import { expect, test } from 'vitest';
import * as server from './index.ts';

test('the public surface', () => {
  expect(Object.keys(server)).toMatchInlineSnapshot(`
    [
      "startServer",
      "parseEnvironment",
      "ServerError",
      "createLogger",
    ]
  `);
});
