import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "AgentError",
      "agentErrorTexts",
      "agentHints",
      "answerMessage",
      "answerSaying",
      "auditFile",
      "changeList",
      "createAgentConversations",
      "findEntry",
      "mayBeHeard",
      "messageKinds",
      "moveAgentToGateway",
      "noEntry",
      "openAgent",
      "putEntry",
      "quietKinds",
      "readMessage",
      "sendMessage",
      "showGroup",
      "startAgent",
      "startDelivery",
      "verifyAuditLog",
    ]
  `);
});
