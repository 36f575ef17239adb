import { expect, test } from 'vitest';
import * as surface from './index.ts';

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
      "sendMessage",
      "startAgent",
      "startDelivery",
      "verifyAuditLog",
    ]
  `);
});
