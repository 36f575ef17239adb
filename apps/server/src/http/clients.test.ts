import { connect } from 'node:net';
import axios from 'axios';
import { EventSource } from 'eventsource';
import { expect, onTestFinished, test } from 'vitest';
import { clientRequests } from '../../test/client-requests.ts';
import { createMemoryApp, type MemoryAppOptions, operatorToken } from '../../test/memory-app.ts';
import { listen } from './listen.ts';

const token = 'kQ3vJ8mTz0LrX2Ns';
const send = '{"to": "bob.eth", "message": "Hi"}';

async function setUp(options: MemoryAppOptions = {}) {
  const app = await createMemoryApp(options);
  const listener = await listen({ host: '127.0.0.1', port: 0, fetch: app.fetch });
  onTestFinished(() => listener.close({ timeoutMs: 0 }));
  const id = (await app.mailbox.receive()).messageId;
  /** Writes these very bytes. */
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

test.each(clientRequests)('%s: %i %s', async (_, status, code, head, body) => {
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
  const ofOperator = `Authorization: Bearer ${operatorToken}`;
  const proxied = ['Host: agent.example', 'X-Forwarded-For: 203.0.113.9', 'X-Forwarded-Proto: https', bearer];
  expect((await raw(['GET /xmtp/status HTTP/1.1', ...proxied])).status).toBe(200);
  expect((await raw(['GET /metrics HTTP/1.1', 'Host: 10.244.1.7:4101', ofOperator])).status).toBe(200);
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
    await axios.get(`${url}/xmtp/messages`, { ...options, params: { conversationId: 1 } }),
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
