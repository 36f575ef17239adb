import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { Mailbox, MailboxOptions } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "MailboxError",
      "askIdentityBudget",
      "askNetworkFacts",
      "backupHome",
      "createGovernor",
      "decompress",
      "decryptAttachment",
      "describeHome",
      "encodeOutbound",
      "encryptAttachment",
      "findAttachments",
      "groupActions",
      "homePath",
      "idempotencyRetentionMs",
      "identityUpdateLimit",
      "installationLimit",
      "installationReserve",
      "listInstallations",
      "maxContentBytes",
      "maxTextBytes",
      "moveHome",
      "moveToGateway",
      "openBackupPassage",
      "openMailbox",
      "permissionHolders",
      "permissionPresets",
      "preloadSdk",
      "productionNetworkLimits",
      "restoreHome",
      "revokeInstallations",
      "sizesOfHome",
      "writeBackup",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.openMailbox).toEqualTypeOf<(options: MailboxOptions) => Promise<Mailbox>>();
  expectTypeOf(surface.homePath).returns.toEqualTypeOf<string>();
});
