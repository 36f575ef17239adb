import { expect, test } from 'vitest';
import { createMemoryApp } from '../../test/memory-app.ts';

const send = { to: 'bob.eth', message: 'Hello' };
const token = 'a-long-enough-token';

test('H1: with a token set, every route but health wants it', async () => {
  const app = await createMemoryApp({ token });
  for (const path of [
    '/xmtp/status',
    '/xmtp/messages',
    '/xmtp/events',
    '/xmtp/dropped',
    '/xmtp/prompt',
    '/xmtp/allowlist',
    '/metrics',
    '/openapi.json',
    '/nothing',
  ]) {
    const response = await app.request('GET', path);
    expect([path, response.status, response.headers.get('www-authenticate')]).toEqual([
      path,
      401,
      'Bearer realm="xmtp-messaging"',
    ]);
  }
  expect((await app.request('POST', '/xmtp/send', send)).status).toBe(401);
  expect((await app.request('GET', '/healthz')).status).toBe(200);
  expect((await app.request('GET', '/readyz')).status).toBe(200);
  expect(app.mailbox.sends).toEqual([]);
});

test.each([
  [`Bearer ${token}`, 200],
  [`bearer  ${token}`, 200],
  [`Bearer ${token}x`, 401],
  [`Bearer ${token.slice(1)}`, 401],
  [`Basic ${token}`, 401],
  [token, 401],
  ['Bearer ', 401],
])('H1: authorization "%s" answers %i', async (authorization, status) => {
  const app = await createMemoryApp({ token });
  expect((await app.request('GET', '/xmtp/status', undefined, { authorization })).status).toBe(status);
});

test('a request that names another agent is refused on every route but health', async () => {
  const app = await createMemoryApp({ agentId: 'alice.1f2e3d4c' });
  const { address } = (await (await app.request('GET', '/xmtp/status')).json()) as { address: string };
  for (const named of ['alice.1f2e3d4c', ' alice.1f2e3d4c', address, address.toLowerCase()])
    expect((await app.request('GET', '/xmtp/status', undefined, { 'xmtp-agent': named })).status).toBe(200);
  for (const named of ['', 'alice', 'bob.1f2e3d4c', 'ALICE.1F2E3D4C', `0x${'0'.repeat(40)}`]) {
    const headers = { 'xmtp-agent': named };
    const refused = await app.request('POST', '/xmtp/send', send, headers);
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'WRONG_AGENT' }]);
    expect((await app.request('GET', '/nothing', undefined, headers)).status).toBe(403);
    expect((await app.request('GET', '/readyz', undefined, headers)).status).toBe(200);
  }
  expect(app.mailbox.sends).toEqual([]);
});

// A kubelet says the address of the pod, a load balancer its own name, and HTTP/1.0 says none.
test.each([
  'evil.example',
  '10.244.0.7:4101',
  '[fd00::7]:4101',
  'lb.internal',
  'localhost@evil.example',
  'a b',
  '',
  null,
])('probes answer to Host %j without a token, and tell nothing', async (host) => {
  const app = await createMemoryApp({ token, agentId: 'alice.1f2e3d4c' });
  const headers = {
    ...(host === null ? {} : { host }),
    'x-forwarded-for': '203.0.113.9',
    origin: 'https://evil.example',
  };
  for (const path of ['/healthz', '/readyz']) {
    const response = await app.request('GET', path, undefined, headers);
    expect([path, response.status, await response.json()]).toEqual([path, 200, { ok: true }]);
  }
});

test.each([
  ['localhost:4101', 200],
  ['127.0.0.1', 200],
  ['[::1]:4101', 200],
  ['LOCALHOST', 200],
  ['agent.example:443', 200],
  ['[fd00::2]:4101', 200],
  ['[fd00::3]:4101', 403],
  ['evil.example', 403],
  ['localhost.evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['localhost@evil.example', 403],
  ['', 403],
])('a page that rebinds its name sends Host "%s": %i', async (host, status) => {
  const app = await createMemoryApp({ allowedHosts: ['Agent.Example', 'fd00::2'] });
  expect((await app.request('GET', '/xmtp/status', undefined, { host })).status).toBe(status);
});

test.each([
  [{ origin: 'http://localhost:4101' }, 200],
  [{ origin: 'http://localhost:4101', 'sec-fetch-site': 'same-origin' }, 200],
  [{ origin: 'http://localhost:3000' }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ host: 'localhost', origin: 'tauri://localhost' }, 403],
  [{ host: 'localhost', origin: 'chrome-extension://localhost' }, 403],
  [{ host: 'localhost', origin: 'capacitor://localhost' }, 403],
  [{ host: 'localhost:80', origin: 'http://localhost' }, 200],
  [{ 'sec-fetch-site': 'none' }, 200],
  [{ 'sec-fetch-site': 'new-word' }, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ origin: 'http://localhost:4101', 'sec-fetch-site': 'cross-site' }, 403],
])('H1: a web page with %o may not send: %i', async (headers, status) => {
  const app = await createMemoryApp();
  expect((await app.request('POST', '/xmtp/send', send, headers)).status).toBe(status);
});

test.each([
  ['application/json', 200],
  ['application/json; charset=utf-8', 200],
  ['Application/JSON;charset="UTF-8"', 200],
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data', 415],
  ['application/json, text/plain', 415],
  ['application/json; charset=utf-16', 200],
  ['application/json ; charset=utf-8', 200],
  ['application/json; charset=utf8', 200],
  ['application/json;', 200],
  ['application/json;odata=verbose', 200],
  ['application/json; ; a', 200],
  ['text/plain; application/json', 415],
  ['application/jsonp', 415],
])('a write with content type %s answers %i', async (type, status) => {
  const app = await createMemoryApp();
  expect((await app.request('POST', '/xmtp/send', send, { 'content-type': type })).status).toBe(status);
});

test('a write without a body needs no type, but a web page cannot send it either', async () => {
  const app = await createMemoryApp();
  const { messageId } = await app.mailbox.receive();
  expect(
    (await app.request('POST', `/xmtp/messages/${messageId}/ack`, undefined, { 'content-type': 'text/plain' })).status,
  ).toBe(415);
  const ack = (headers: Record<string, string>) =>
    app.fetch(
      new Request(`http://localhost/xmtp/messages/${messageId}/ack`, {
        method: 'POST',
        headers: { host: 'localhost', ...headers },
      }),
    );
  expect((await ack({})).status).toBe(200);
  // What axios and `curl -d ''` send.
  expect((await ack({ 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' })).status).toBe(200);
  for (const page of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'content-type': 'text/ping' },
    { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
  ])
    expect([page, (await ack(page)).status >= 400]).toEqual([page, true]);
});

test('no route invites other origins', async () => {
  const app = await createMemoryApp();
  const preflight = await app.request('OPTIONS', '/xmtp/send', undefined, {
    origin: 'https://evil.example',
    'access-control-request-method': 'POST',
  });
  expect(preflight.status).toBe(403);
  const plain = await app.request('GET', '/xmtp/status');
  for (const response of [preflight, plain]) {
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('L3: every answer carries security headers, errors too', async () => {
  const app = await createMemoryApp({ token });
  for (const response of [
    await app.request('GET', '/healthz'),
    await app.request('GET', '/xmtp/status'),
    await app.request('GET', '/nothing'),
  ]) {
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[\w-]{1,64}$/u),
    });
  }
});

test('a request id that could forge a log line is replaced', async () => {
  const app = await createMemoryApp();
  const response = await app.request('GET', '/healthz', undefined, { 'x-request-id': 'a b"c' });
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/u);
});

test('M5: what is logged of a request is its pattern and its outcome', async () => {
  const app = await createMemoryApp();
  await app.request('POST', '/xmtp/send', { to: 'bob.eth', message: 'very private words' });
  await app.operator('GET', '/xmtp/allowlist/somebody.private.eth');
  expect((await app.request('POST', '/xmtp/send', { to: 'private.agent.xid.eth', message: 'x' })).status).toBe(503);
  await app.request('GET', '/private-path?private=query');
  const log = app.log();
  expect(log).toContain('"route":"/xmtp/send"');
  expect(log).not.toMatch(/private|bob\.eth|0x0{36}0b0b/iu);
});

test('while it shuts down the server answers nothing but that', async () => {
  const app = await createMemoryApp();
  await app.close();
  const response = await app.request('GET', '/xmtp/status');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
});
