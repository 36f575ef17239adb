import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "IDEMPOTENCY_RETENTION_MS",
      "IDENTITY_UPDATE_LIMIT",
      "INSTALLATION_LIMIT",
      "INSTALLATION_RESERVE",
      "MAX_TEXT_BYTES",
      "MailboxError",
      "createGovernor",
      "homePath",
      "openMailbox",
      "productionNetworkLimits",
    ]
  `);
});
