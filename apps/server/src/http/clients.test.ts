import { connect } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import axios from 'axios';
import { EventSource } from 'eventsource';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryApp, type MemoryAppOptions } from '../../test/memory-app.ts';
import { listen } from './listen.ts';

const token = 'kQ3vJ8mTz0LrX2Ns';
const send = '{"to": "bob.eth", "message": "Hi"}';

async function setUp(options: MemoryAppOptions = {}) {
  const app = await createMemoryApp(options);
  const listener = await listen({ host: '127.0.0.1', port: 0, fetch: app.fetch });
  onTestFinished(() => listener.close({ timeoutMs: 0 }));
  const id = app.mailbox.receive({}).messageId;
  /** Writes these very bytes. `PORT` and `ID` stand for what they are. */
  const raw = async (head: readonly string[], body: string | Uint8Array = '') => {
    const lines = head.map((line) => line.replace('PORT', String(listener.port)).replace('ID', id));
    const socket = connect(listener.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    if (body.length > 0) socket.write(body);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    const code = /"code":"([A-Z_]+)"/u.exec(text)?.[1] ?? null;
    return { status: Number(/^(?:HTTP\/1\.1 100 .*\r\n\r\n)?HTTP\/1\.1 (\d{3})/u.exec(text)?.[1]), code, text };
  };
  return { app, id, raw, url: `http://127.0.0.1:${listener.port}` };
}

const local = 'Host: 127.0.0.1:PORT';
const typed = 'Content-Type: application/json';
const curl = [local, 'User-Agent: curl/8.11.0', 'Accept: */*'];
const python = [local, 'User-Agent: python-requests/2.32.3', 'Accept-Encoding: gzip, deflate', 'Accept: */*'];
const urllib = ['Accept-Encoding: identity', local, 'User-Agent: Python-urllib/3.13'];
const length = (body: string | Uint8Array) => `Content-Length: ${body.length}`;
const post = (path: string, ...rest: string[]) => [`POST ${path} HTTP/1.1`, ...rest];
const chunked = `${send.length.toString(16)}\r\n${send}\r\n0\r\n\r\n`;

test.each<[string, number, string | null, readonly string[], (string | Uint8Array)?]>([
  ['requests, json=', 200, null, post('/xmtp/send', ...python, length(send), typed), send],
  ['requests, data=str', 415, 'UNSUPPORTED_MEDIA_TYPE', post('/xmtp/send', ...python, length(send)), send],
  [
    'requests, data=dict',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    post('/xmtp/send', ...python, 'Content-Length: 13', 'Content-Type: application/x-www-form-urlencoded'),
    'to=a&message=',
  ],
  ['requests, a generator', 200, null, post('/xmtp/send', ...python, 'Transfer-Encoding: chunked', typed), chunked],
  ['requests, no body', 200, null, post('/xmtp/messages/ID/ack', ...python, 'Content-Length: 0')],
  ['urllib', 200, null, post('/xmtp/send', length(send), ...urllib, typed), send],
  ['urllib, no body', 200, null, post('/xmtp/messages/ID/ack', 'Content-Length: 0', ...urllib)],
  [
    'urllib, the type forgotten',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    post('/xmtp/send', 'Content-Type: application/x-www-form-urlencoded', length(send), ...urllib),
    send,
  ],
  ['curl --json', 200, null, post('/xmtp/send', ...curl, typed, length(send)), send],
  ['curl -X POST', 200, null, post('/xmtp/messages/ID/ack', ...curl)],
  [
    "curl -d ''",
    200,
    null,
    post('/xmtp/messages/ID/ack', ...curl, 'Content-Length: 0', 'Content-Type: application/x-www-form-urlencoded'),
  ],
  [
    'curl -d, the type forgotten',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    post('/xmtp/send', ...curl, length(send), 'Content-Type: application/x-www-form-urlencoded'),
    send,
  ],
  [
    'curl -F',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    post('/xmtp/send', ...curl, 'Content-Length: 2', 'Content-Type: multipart/form-data; boundary=x'),
    'ab',
  ],
  ['curl, a large body', 200, null, post('/xmtp/send', ...curl, typed, 'Expect: 100-continue', length(send)), send],
  ['curl -X POST without what to send', 422, 'INVALID_REQUEST', post('/xmtp/send', ...curl)],
  ['curl -I', 200, null, ['HEAD /healthz HTTP/1.1', ...curl]],
  [
    'curl -X PUT of a list',
    405,
    'METHOD_NOT_ALLOWED',
    ['PUT /xmtp/send HTTP/1.1', ...curl, typed, 'Content-Length: 2'],
    '{}',
  ],
  [
    'ASP.NET',
    200,
    null,
    post('/xmtp/send', local, 'Content-Type: application/json; charset=utf-8', length(send)),
    send,
  ],
  ['Java', 200, null, post('/xmtp/send', local, 'Content-Type: application/json;charset=UTF8', length(send)), send],
  [
    'an OData client',
    200,
    null,
    post('/xmtp/send', local, 'Content-Type: application/json;odata=verbose', length(send)),
    send,
  ],
  [
    'a space before the parameter',
    200,
    null,
    post('/xmtp/send', local, 'Content-Type: application/json ; charset=utf-8', length(send)),
    send,
  ],
  [
    'a semicolon at the end',
    200,
    null,
    post('/xmtp/send', local, 'Content-Type: application/json;', length(send)),
    send,
  ],
  [
    'a workflow tool that packs',
    200,
    null,
    post('/xmtp/send', local, typed, 'Content-Encoding: gzip', length(gzipSync(send))),
    gzipSync(send),
  ],
  [
    'brotli',
    200,
    null,
    post('/xmtp/send', local, typed, 'Content-Encoding: br', length(brotliCompressSync(send))),
    brotliCompressSync(send),
  ],
  [
    'deflate',
    200,
    null,
    post('/xmtp/send', local, typed, 'Content-Encoding: deflate', length(deflateSync(send))),
    deflateSync(send),
  ],
  [
    'deflate as some do it',
    200,
    null,
    post('/xmtp/send', local, typed, 'Content-Encoding: deflate', length(deflateRawSync(send))),
    deflateRawSync(send),
  ],
  [
    'an unknown encoding',
    415,
    'UNSUPPORTED_ENCODING',
    post('/xmtp/send', local, typed, 'Content-Encoding: compress', length(send)),
    send,
  ],
  [
    'packed twice',
    415,
    'UNSUPPORTED_ENCODING',
    post('/xmtp/send', local, typed, 'Content-Encoding: gzip, gzip', length(send)),
    send,
  ],
  [
    'an encoding that is a lie',
    400,
    'BAD_ENCODING',
    post('/xmtp/send', local, typed, 'Content-Encoding: gzip', length(send)),
    send,
  ],
  [
    'a bomb',
    413,
    'BODY_TOO_LARGE',
    post('/xmtp/send', local, typed, 'Content-Encoding: gzip', length(gzipSync(Buffer.alloc(5_000_000)))),
    gzipSync(Buffer.alloc(5_000_000)),
  ],
  [
    'a BOM',
    200,
    null,
    post('/xmtp/send', local, typed, length(Buffer.from(`\ufeff${send}`))),
    Buffer.from(`\ufeff${send}`),
  ],
  ['Latin-1', 400, 'BAD_JSON', post('/xmtp/send', local, typed, 'Content-Length: 3'), Buffer.from([0x22, 0xe9, 0x22])],
  [
    'kubelet',
    200,
    null,
    ['GET /healthz HTTP/1.1', 'Host: 10.244.1.7:4101', 'User-Agent: kube-probe/1.33', 'Accept: */*'],
  ],
  ['kubelet, readiness', 200, null, ['GET /readyz HTTP/1.1', 'Host: 10.244.1.7:4101', 'User-Agent: kube-probe/1.33']],
  [
    'a load balancer',
    200,
    null,
    ['GET /readyz HTTP/1.1', 'Host: 172.31.4.9:4101', 'User-Agent: ELB-HealthChecker/2.0'],
  ],
  ['haproxy, httpchk', 200, null, ['GET /healthz HTTP/1.0']],
  ['a container by its name', 200, null, ['GET /healthz HTTP/1.1', 'Host: my_agent_1:4101']],
  ['a probe with an odd host', 200, null, ['GET /healthz HTTP/1.1', 'Host: ???']],
  ['a program with an odd host', 403, 'HOST_NOT_ALLOWED', ['GET /xmtp/status HTTP/1.1', 'Host: my agent']],
  ['a program with another host', 403, 'HOST_NOT_ALLOWED', ['GET /xmtp/status HTTP/1.1', 'Host: 10.244.1.7:4101']],
  ['a program without a host', 400, 'HOST_MISSING', ['GET /xmtp/status HTTP/1.1']],
  ['a program of HTTP/1.0 without a host', 400, 'HOST_MISSING', ['GET /xmtp/status HTTP/1.0']],
  ['two hosts', 403, 'HOST_NOT_ALLOWED', ['GET /xmtp/status HTTP/1.1', local, 'Host: evil.example']],
  [
    'Prometheus',
    403,
    'HOST_NOT_ALLOWED',
    ['GET /metrics HTTP/1.1', 'Host: 10.244.1.7:4101', 'User-Agent: Prometheus/3.4.0', 'Accept-Encoding: gzip'],
  ],
  [
    'nginx with its headers',
    403,
    'PROXY_WITHOUT_TOKEN',
    ['GET /xmtp/status HTTP/1.0', local, 'X-Real-IP: 203.0.113.9', 'X-Forwarded-For: 203.0.113.9'],
  ],
  [
    'Caddy',
    403,
    'PROXY_WITHOUT_TOKEN',
    ['GET /xmtp/status HTTP/1.1', local, 'X-Forwarded-Proto: https', 'Via: 1.1 Caddy'],
  ],
  [
    'a web page',
    403,
    'ORIGIN_NOT_ALLOWED',
    post(
      '/xmtp/send',
      local,
      'Origin: https://evil.example',
      'Sec-Fetch-Site: cross-site',
      'Content-Type: text/plain',
      length(send),
    ),
    send,
  ],
  [
    'a beacon of a web page',
    403,
    'ORIGIN_NOT_ALLOWED',
    post('/xmtp/messages/ID/ack', local, 'Origin: null', 'Content-Length: 0'),
  ],
  [
    'an app shell',
    403,
    'ORIGIN_NOT_ALLOWED',
    ['GET /xmtp/status HTTP/1.1', 'Host: localhost', 'Origin: tauri://localhost'],
  ],
  [
    'an expectation',
    417,
    'EXPECTATION_FAILED',
    post('/xmtp/send', local, typed, 'Expect: a-miracle', length(send)),
    send,
  ],
  ['a backslash', 400, 'BAD_REQUEST', [String.raw`GET /xmtp\status HTTP/1.1`, local]],
  ['a proxy is looked for', 405, 'METHOD_NOT_ALLOWED', ['CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example:443']],
  [
    'headers without an end',
    431,
    'HEADERS_TOO_LARGE',
    ['GET /xmtp/status HTTP/1.1', local, `Cookie: ${'a'.repeat(20_000)}`],
  ],
  ['no HTTP', 400, 'BAD_REQUEST', ['\u0016\u0003\u0001 TLS?']],
])('%s: %i %s', async (_, status, code, head, body) => {
  const { raw } = await setUp();
  const answer = await raw(head, body);
  expect([answer.status, answer.code]).toEqual([status, code]);
  if (code === null) return;
  expect(answer.text).toMatch(/content-type: application\/problem\+json/iu);
  expect(answer.text).toMatch(/"detail":"[^"]{10,}/u);
});

test('with a token, proxies and scrapers are served', async () => {
  const { raw } = await setUp({ token, allowedHosts: ['agent.example'], metrics: 'any-host' });
  const bearer = `Authorization: Bearer ${token}`;
  const proxied = ['Host: agent.example', 'X-Forwarded-For: 203.0.113.9', 'X-Forwarded-Proto: https', bearer];
  expect((await raw(['GET /xmtp/status HTTP/1.1', ...proxied])).status).toBe(200);
  expect((await raw(['GET /metrics HTTP/1.1', 'Host: 10.244.1.7:4101', bearer])).status).toBe(200);
  expect((await raw(['GET /metrics HTTP/1.1', 'Host: 10.244.1.7:4101'])).code).toBe('UNAUTHORIZED');
});

test('axios', async () => {
  const { id, url } = await setUp();
  const options = { validateStatus: () => true };
  const answers = [
    await axios.post(`${url}/xmtp/send`, { to: 'bob.eth', message: 'Hi' }, options),
    await axios.post(`${url}/xmtp/messages/${id}/ack`, undefined, options),
    await axios.post(`${url}/xmtp/messages/${id}/ack`, {}, options),
    await axios.get(`${url}/xmtp/messages`, { ...options, params: { limit: 1 } }),
    await axios.get(`${url}/xmtp/messages`, { ...options, params: { conversation: 1 } }),
    await axios.post(`${url}/xmtp/send`, 'to=bob.eth', options),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 422, 415]);
});

test('fetch', async () => {
  const { id, url } = await setUp();
  const ask = async (path: string, init: RequestInit) => (await fetch(url + path, { method: 'POST', ...init })).status;
  const headers = { 'content-type': 'application/json' };
  const stream = { body: new Blob([send]).stream(), duplex: 'half' } as RequestInit;
  expect([
    await ask('/xmtp/send', { headers, body: send }),
    await ask('/xmtp/send', { body: new Blob([send], { type: 'application/json' }) }),
    await ask('/xmtp/send', { headers, ...stream }),
    await ask(`/xmtp/messages/${id}/ack`, {}),
    await ask('/xmtp/send', { body: send }),
    await ask('/xmtp/send', { body: new URLSearchParams({ to: 'bob.eth' }) }),
  ]).toEqual([200, 200, 200, 200, 415, 415]);
});

test('EventSource hears, and comes back with and without an id', async () => {
  const { app, id, url } = await setUp();
  const heard = await new Promise<string>((resolve, reject) => {
    const source = new EventSource(`${url}/xmtp/events`);
    onTestFinished(() => source.close());
    source.addEventListener('message', (event) => resolve(String(event.data)));
    source.addEventListener('error', (error) => reject(new Error(error.message)));
  });
  expect(heard).toContain(id);
  for (const last of ['', '0']) {
    const stream = await app.request('GET', '/xmtp/events', undefined, { 'last-event-id': last });
    expect([last, stream.status]).toEqual([last, 200]);
    await stream.body?.cancel();
  }
});
