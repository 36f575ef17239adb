import { expect, test } from 'vitest';
import { startAgent } from '../../test/agent-server.ts';
import { bob, createMemoryApp, self } from '../../test/memory-app.ts';
import { mailboxFailure } from '../../../../packages/agent/test/mailbox-failure.ts';

const send = { to: 'bob.eth', message: 'Hello' };

test('answers a send exactly as documented, with more beside it', async () => {
  const app = await createMemoryApp();
  const response = await app.request('POST', '/xmtp/send', send);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    ok: true,
    message: 'Message sent',
    id: app.mailbox.taken[0]?.messageId,
    conversationId: app.mailbox.taken[0]?.conversationId,
    to: { name: 'bob.eth', address: bob, source: 'hosts', verified: false },
    replayed: false,
    heard: false,
  });
  expect(app.mailbox.sends).toMatchObject([{ to: { address: bob.toLowerCase() }, text: 'Hello' }]);
});

test('hands the idempotency key on, away from the keys of the server itself', async () => {
  const app = await createMemoryApp();
  await app.request('POST', '/xmtp/send', send, { 'idempotency-key': 'reply:1' });
  expect(app.mailbox.sends[0]?.idempotencyKey).toBe('http:reply:1');
});

const invalid = { status: 422, code: 'INVALID_REQUEST' };
const badInput: [string, unknown, { status: number; code: string }][] = [
  ['no recipient', { message: 'x' }, invalid],
  ['recipient of a wrong type', { to: 1, message: 'x' }, invalid],
  ['a misspelt field', { ...send, replyto: 'ab' }, invalid],
  ['an array', [send], invalid],
  ['a lone surrogate', '{"to":"bob.eth","message":"\\ud800"}', invalid],
  ['an unknown content type', { ...send, contentType: 'html' }, invalid],
  ['a reply to no id', { ...send, replyTo: '../etc' }, invalid],
  ['a recipient of 256 characters', { to: 'a'.repeat(256), message: 'x' }, invalid],
  ['malformed JSON', '{"to":', { status: 400, code: 'BAD_JSON' }],
  ['no body', '', { status: 400, code: 'BAD_JSON' }],
  [
    'broken UTF-8',
    new Uint8Array([...Buffer.from('{"to":"bob.eth","message":"a'), 0xff, 0x22, 0x7d]),
    { status: 400, code: 'BAD_JSON' },
  ],
  ['empty message', { ...send, message: '' }, { status: 422, code: 'MESSAGE_EMPTY' }],
  ['oversized message', { ...send, message: 'ü'.repeat(500_001) }, { status: 413, code: 'MESSAGE_TOO_LARGE' }],
  ['oversized body', { ...send, message: 'x'.repeat(4_600_000) }, { status: 413, code: 'BODY_TOO_LARGE' }],
  [
    'wrong checksum',
    { ...send, to: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD'.replace('5aAeb', '5AAeb') },
    { status: 422, code: 'BAD_CHECKSUM' },
  ],
  ['zero address', { ...send, to: `0x${'0'.repeat(40)}` }, { status: 422, code: 'ZERO_ADDRESS' }],
  ['half an address', { ...send, to: '0x1234' }, { status: 422, code: 'INVALID_ADDRESS' }],
  ['abbreviated address', { ...send, to: '0x1234...abcd' }, { status: 422, code: 'INVALID_ADDRESS' }],
  ['a name with a space', { ...send, to: 'bo b.eth' }, { status: 422, code: 'INVALID_NAME' }],
  ['an unsupported suffix', { ...send, to: 'bob.sol' }, { status: 422, code: 'UNSUPPORTED_NAME' }],
  ['a name whose resolver is not there', { ...send, to: 'a.b.xid.eth' }, { status: 503, code: 'RESOLVER_UNAVAILABLE' }],
  ['itself', { ...send, to: self }, { status: 422, code: 'RECIPIENT_IS_SELF' }],
];

test.each(badInput)('POST /xmtp/send with %s', async (_, body, expected) => {
  const app = await createMemoryApp();
  const response = await app.request('POST', '/xmtp/send', body);
  expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
    status: expected.status,
    type: 'application/problem+json',
  });
  expect(await response.json()).toMatchObject({
    ok: false,
    code: expected.code,
    status: expected.status,
    requestId: expect.any(String),
  });
  expect(app.mailbox.sends).toEqual([]);
});

test.each([
  ['RECIPIENT_NOT_FOUND', 422],
  ['IDEMPOTENCY_CONFLICT', 409],
  ['TOO_BUSY', 503],
  ['NOT_SENT', 504],
  ['SEND_FAILED', 502],
  ['SDK_FAILED', 502],
] as const)('a send that fails with %s answers %i', async (code, status) => {
  const app = await createMemoryApp();
  app.mailbox.answerSends(() => Promise.reject(mailboxFailure(code)));
  const response = await app.request('POST', '/xmtp/send', send);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code, hint: expect.any(String) });
});

const profile = { identity: 'carol.eth', platform: 'ens' };
test.each([
  ['is not known', { status: 404, body: { ...profile, error: 'Not Found' } }, 404, 'NOT_FOUND'],
  ['has no address', { body: { ...profile, address: null } }, 422, 'NO_ADDRESS'],
  [
    'is answered for another one',
    { body: { ...profile, identity: 'mallory.eth', address: bob } },
    502,
    'NAME_MISMATCH',
  ],
  ['is asked for too often', { status: 429, headers: { 'retry-after': '60' } }, 429, 'RATE_LIMITED'],
  ['leads elsewhere', { status: 302, headers: { location: 'https://evil.example' } }, 502, 'REDIRECT_REFUSED'],
  ['is asked with a wrong key', { status: 403, body: { error: 'Forbidden' } }, 502, 'UNAUTHORIZED'],
])('a recipient whose name %s', async (_, answer, status, code) => {
  const web3Bio = await startAgent(() => answer);
  const app = await createMemoryApp({ web3BioUrl: web3Bio.url });
  const response = await app.request('POST', '/xmtp/send', { ...send, to: 'carol.eth' });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code, detail: expect.stringContaining('carol.eth') });
  expect(response.headers.get('retry-after')).toBe(status === 429 ? '60' : null);
});

test('an outcome that is not known is no success, and says how to ask again', async () => {
  const app = await createMemoryApp();
  app.mailbox.answerSends(() =>
    Promise.resolve({ status: 'unknown', messageId: 'ab', conversationId: 'cd', replayed: false }),
  );
  const response = await app.request('POST', '/xmtp/send', send, { 'idempotency-key': 'key-1' });
  expect(response.status).toBe(504);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.json()).toMatchObject({
    ok: false,
    code: 'OUTCOME_UNKNOWN',
    id: 'ab',
    idempotencyKey: 'key-1',
  });
});

test('the problem document of a bad field', async () => {
  const app = await createMemoryApp();
  const response = await app.request('POST', '/xmtp/send', { to: '', message: 1, 'a/b': 1 }, { 'x-request-id': 'r1' });
  expect(await response.json()).toMatchInlineSnapshot(`
    {
      "code": "INVALID_REQUEST",
      "detail": "The request does not have the form that this route takes.",
      "errors": [
        {
          "detail": "Too small: expected string to have >=1 characters",
          "pointer": "#/body/to",
        },
        {
          "detail": "Invalid input: expected string, received number",
          "pointer": "#/body/message",
        },
        {
          "detail": "Unrecognized key: "a/b"",
          "pointer": "#/body",
        },
      ],
      "hint": "See errors for each part, and GET /openapi.json for the form.",
      "ok": false,
      "requestId": "r1",
      "status": 422,
      "title": "Unprocessable Entity",
      "type": "urn:xmtp-messaging:problem:invalid-request",
    }
  `);
});

test('L2: an unforeseen failure tells the caller nothing but the request id', async () => {
  const app = await createMemoryApp();
  app.mailbox.answerSends(() => Promise.reject(new Error('secret path /home/x and "Hello"')));
  const response = await app.request('POST', '/xmtp/send', send, { 'x-request-id': 'r2' });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/secret|home|stack|Hello/u);
  expect(app.log()).toContain('"r2"');
  expect(app.log()).not.toContain('Hello');
});

test('an error of ours that no request should cause is a plain 500 for the caller, and has its code in the log', async () => {
  const app = await createMemoryApp();
  app.mailbox.answerSends(() => Promise.reject(mailboxFailure('KEY_LOST')));
  const response = await app.request('POST', '/xmtp/send', send);
  expect(await response.json()).toMatchObject({ status: 500, code: 'INTERNAL' });
  const line = app
    .log()
    .split('\n')
    .find((each) => each.includes('request-failed'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ code: 'KEY_LOST', error: 'MailboxError' });
});

test('unknown routes and methods', async () => {
  const app = await createMemoryApp();
  expect(await (await app.request('GET', '/nothing')).json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
  const wrong = await app.request('PUT', '/xmtp/send', send);
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});

test.each(['DATABASE_LOST', 'STALE_COPY', 'MOVED'] as const)(
  '%s: sends are refused with a hint and everything else tells the truth',
  async (code) => {
    const app = await createMemoryApp({ openError: mailboxFailure(code) });
    const response = await app.request('POST', '/xmtp/send', send);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: 'NOT_CONNECTED',
      hint: expect.stringContaining('database'),
      state: 'failed',
    });
    expect(await (await app.request('GET', '/xmtp/status')).json()).toMatchObject({
      connected: false,
      address: self,
      state: 'failed',
      reason: { code },
    });
    expect((await app.request('GET', '/readyz')).status).toBe(503);
    expect((await app.request('GET', '/healthz')).status).toBe(200);
    expect((await app.operator('POST', '/xmtp/allowlist', { name: 'bob.eth' })).status).toBe(201);
  },
);
