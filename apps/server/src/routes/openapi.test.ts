import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { checkAnswer } from '../../test/check-answer.ts';
import { createMemoryApp } from '../../test/memory-app.ts';

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      { operationId?: string; tags?: string[]; summary?: string; responses: Record<string, { content?: object }> }
    >
  >;
  components: { schemas: Record<string, object> };
}

test('the document names every route, with a problem for each that can fail', async () => {
  const app = await createMemoryApp();
  const document = (await (await app.request('GET', '/openapi.json')).json()) as Document;
  expect(document.openapi).toBe('3.1.0');
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes).toMatchInlineSnapshot(`
    [
      "POST /xmtp/send",
      "GET /xmtp/status",
      "GET /xmtp/messages",
      "GET /xmtp/messages/{id}",
      "POST /xmtp/messages/{id}/ack",
      "GET /xmtp/messages/{id}/text",
      "GET /xmtp/messages/{id}/attachments/{n}",
      "GET /xmtp/messages/{id}/attachments/{n}/text",
      "POST /xmtp/messages/{id}/reply",
      "POST /xmtp/messages/{id}/react",
      "GET /xmtp/conversations",
      "GET /xmtp/conversations/{id}",
      "GET /xmtp/conversations/{id}/messages",
      "POST /xmtp/conversations/{id}/send",
      "POST /xmtp/conversations/{id}/read",
      "GET /xmtp/events",
      "GET /xmtp/changes",
      "GET /xmtp/activity",
      "GET /xmtp/outbox",
      "GET /xmtp/problems",
      "GET /xmtp/audit",
      "POST /xmtp/backup",
      "GET /xmtp/allowlist",
      "POST /xmtp/allowlist",
      "GET /xmtp/allowlist/{entry}",
      "PUT /xmtp/allowlist/{entry}",
      "DELETE /xmtp/allowlist/{entry}",
      "GET /xmtp/denylist",
      "POST /xmtp/denylist",
      "GET /xmtp/denylist/{entry}",
      "PUT /xmtp/denylist/{entry}",
      "DELETE /xmtp/denylist/{entry}",
      "GET /xmtp/grouplist",
      "PUT /xmtp/grouplist/{entry}",
      "DELETE /xmtp/grouplist/{entry}",
      "GET /xmtp/dropped",
      "GET /xmtp/knocks",
      "POST /xmtp/knocks/{id}/accept",
      "POST /xmtp/knocks/{id}/refuse",
      "POST /xmtp/groups",
      "GET /xmtp/groups/{id}",
      "PATCH /xmtp/groups/{id}",
      "POST /xmtp/groups/{id}/members",
      "DELETE /xmtp/groups/{id}/members/{member}",
      "PUT /xmtp/groups/{id}/members/{member}",
      "POST /xmtp/groups/{id}/leave",
      "POST /xmtp/delivery/retry",
      "POST /xmtp/dead/replay",
      "GET /xmtp/dead",
      "POST /xmtp/dead/{id}/replay",
      "DELETE /xmtp/dead/{id}",
      "GET /xmtp/prompt",
      "GET /xmtp/resolve",
      "GET /xmtp/reverse",
      "GET /healthz",
      "GET /readyz",
      "GET /metrics",
      "GET /.well-known/restap.json",
      "POST /xmtp/page/links",
      "POST /xmtp/page/sessions",
    ]
  `);
  expect(Object.keys(document.components.schemas).toSorted()).toMatchInlineSnapshot(`
    [
      "AcceptInvitation",
      "ActionsContent",
      "AddAllowed",
      "AddDenied",
      "AttachmentContent",
      "AuditLine",
      "BackupRequest",
      "Conversation",
      "ConversationDetail",
      "ConversationMessagePage",
      "ConversationPage",
      "ConversationSendRequest",
      "CustomContent",
      "DeleteMessageContent",
      "DroppedSender",
      "Group",
      "GroupAudienceMember",
      "GroupChange",
      "GroupLabel",
      "GroupListEntry",
      "GroupPermissions",
      "GroupUpdatedContent",
      "Hour",
      "IntentContent",
      "Knock",
      "LeaveRequestContent",
      "ListEntry",
      "LoggedProblem",
      "MarkdownContent",
      "Message",
      "MessageDetail",
      "MessagePage",
      "MultiRemoteAttachmentContent",
      "NewGroup",
      "OutboundActions",
      "OutboundAttachment",
      "OutboundIntent",
      "OutboundMarkdown",
      "OutboundMultiRemoteAttachment",
      "OutboundReaction",
      "OutboundReadReceipt",
      "OutboundRemoteAttachment",
      "OutboundReply",
      "OutboundText",
      "OutboundTransactionReference",
      "OutboundWalletSendCalls",
      "PageCode",
      "PermissionHolder",
      "Problem",
      "ReactRequest",
      "ReactionContent",
      "ReadReceiptContent",
      "Recipient",
      "RemoteAttachmentContent",
      "ReplyContent",
      "ReplyRequest",
      "Resolved",
      "Reversed",
      "SendRequest",
      "SendResponse",
      "SentMessage",
      "SentMessageDetail",
      "SentMessagePage",
      "Status",
      "TextContent",
      "TextPage",
      "TransactionReferenceContent",
      "WalletSendCallsContent",
    ]
  `);
  const ids = new Set<string | undefined>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const { operationId, tags, summary, responses } of Object.values(methods)) {
      ids.add(operationId);
      expect({ path, operationId, tags, summary, problem: responses['400'] }).toEqual({
        path,
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/u),
        tags: [expect.any(String)],
        summary: expect.any(String),
        problem: { $ref: '#/components/responses/Problem400' },
      });
    }
  }
  expect(ids.size).toBe(routes.length);
});

test('the REST-AP catalog offers the mailbox, not the agent', async () => {
  const app = await createMemoryApp();
  const catalog = await (await app.request('GET', '/.well-known/restap.json')).text();
  expect(JSON.parse(catalog)).toMatchObject({ endpoints: { send: '/xmtp/send', status: '/xmtp/status' } });
  expect(catalog).not.toMatch(/"\/talk"|"\/news"|0x/u);
});

test("the document is clean by Redocly's recommended rules", async () => {
  const app = await createMemoryApp();
  const source = await (await app.request('GET', '/openapi.json')).text();
  const config = await createConfig({ extends: ['recommended'] });
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  expect(found.map(({ ruleId, location, message }) => [ruleId, location[0]?.pointer, message])).toEqual([]);
});

test('what the document does not know makes a test of any route red', () => {
  const health = { method: 'GET', path: '/healthz?x=1', status: 200, type: 'application/json', text: '{"ok":true}' };
  const problem = { type: 'application/problem+json', text: '{"ok":false}' };
  checkAnswer(health);
  for (const wrong of [
    { status: 202 },
    { status: 404, ...problem },
    { type: 'text/html' },
    { text: '{"ok":false}' },
    { text: '{"ok":true,"more":1}' },
    { path: '/xmtp/nothing', status: 404, ...problem },
    { path: '/xmtp/nothing' },
    { path: `/xmtp/messages/${'a'.repeat(64)}`, status: 404, ...problem },
  ])
    expect(() => checkAnswer({ ...health, ...wrong })).toThrow(/GET .* answered/u);
});

test('patterns are expressions without flags, which other languages would take for a part of them', async () => {
  const text = await (await (await createMemoryApp()).request('GET', '/openapi.json')).text();
  const patterns = [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/gu)].map(
    ([, pattern]) => JSON.parse(pattern!) as string,
  );
  expect(patterns).toContain('^[0-9a-f]{1,128}$');
  expect(patterns.filter((pattern) => !pattern.endsWith('$'))).toEqual([]);
});
