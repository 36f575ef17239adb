import type { Allowlist } from '@xmtp-messaging/allowlist';
import type { AdmissionOptions } from '@xmtp-messaging/inbound-guard';
import type { OwsSigner } from '@xmtp-messaging/ows-signer';
import type { MailboxOptions } from '@xmtp-messaging/xmtp-core';
import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { Agent, OpenAgentOptions } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "AgentError",
      "acceptInvitation",
      "agentErrorTexts",
      "agentHints",
      "answerMessage",
      "answerSaying",
      "auditFile",
      "changeList",
      "createAgentConversations",
      "createAgentGroups",
      "defaultMaxUpload",
      "findEntry",
      "makeOperatorToken",
      "mayBeHeard",
      "messageKinds",
      "moveAgentToGateway",
      "noEntry",
      "openAgent",
      "putEntry",
      "quietKinds",
      "readAttachment",
      "readAttachmentText",
      "readMessage",
      "readUploadTarget",
      "refuseInvitation",
      "restoreAgent",
      "sendMessage",
      "startAgent",
      "startDelivery",
      "verifyAuditLog",
    ]
  `);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.openAgent).toEqualTypeOf<(options: OpenAgentOptions) => Promise<Agent>>();
  expectTypeOf<Agent['send']>().parameter(0).toEqualTypeOf<string>();
  expectTypeOf<Agent['prompt']>().returns.toEqualTypeOf<string>();
  // What one package returns is what the next one takes.
  expectTypeOf<OwsSigner>().toExtend<MailboxOptions['signer']>();
  expectTypeOf<Allowlist['has']>().toExtend<AdmissionOptions['isAllowed']>();
});
