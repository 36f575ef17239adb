import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "MailboxError",
      "createGovernor",
      "homePath",
      "idempotencyRetentionMs",
      "identityUpdateLimit",
      "installationLimit",
      "installationReserve",
      "maxTextBytes",
      "openMailbox",
      "productionNetworkLimits",
    ]
  `);
});
