import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { bob, createMemoryApp, type MemoryAppOptions } from '../../test/memory-app.ts';

const to = bob.toLowerCase();
const signature = 'allows-writing-0123456789';
const data = Buffer.from('hello, from elsewhere').toString('base64');
const file = { filename: 'a.txt', mimeType: 'text/plain', data };

/** An app whose files go to a storage that takes what it is given, unless `status` says otherwise. */
async function setUp({ status = 201, ...options }: MemoryAppOptions & { status?: number } = {}) {
  const kept = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const path = request.url!.split('?')[0]!;
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        if (request.method === 'GET') response.writeHead(kept.has(path) ? 200 : 404).end(kept.get(path));
        else {
          if (status < 300) kept.set(path, Buffer.concat(chunks));
          response.writeHead(status).end();
        }
      });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{digest}?sig=${signature}`;
  const app = await createMemoryApp({ uploads: { url }, ...options });
  return { app, kept };
}

test('a file that lies elsewhere is uploaded and named, once under its key, on every way to say something', async () => {
  const { app, kept } = await setUp();
  const send = () => app.request('POST', '/xmtp/send', { to, remoteAttachment: file }, { 'idempotency-key': 'key-1' });
  const first = await send();
  expect([first.status, await first.json()]).toEqual([200, expect.objectContaining({ replayed: false })]);
  expect(await (await send()).json()).toMatchObject({ replayed: true });
  expect(kept.size).toBe(1);
  const { messageId, conversationId } = await app.mailbox.receive({ group: 'friends' });
  const answer = () => app.request('POST', `/xmtp/messages/${messageId}/reply`, { remoteAttachment: file });
  expect(await (await answer()).json()).toMatchObject({ replayed: false });
  expect(await (await answer()).json()).toMatchObject({ replayed: true });
  const there = await app.request('POST', `/xmtp/conversations/${conversationId}/send`, { remoteAttachment: file });
  expect(there.status).toBe(200);
  const { taken } = app.mailbox;
  expect(taken.map(({ contentType }) => contentType)).toEqual([
    'remoteStaticAttachment',
    'reply',
    'remoteStaticAttachment',
  ]);
  // What others get of ours, we can read of others.
  for (const { content } of taken) {
    const heard = await app.mailbox.receive({ content });
    const got = await app.request('GET', `/xmtp/messages/${heard.messageId}/attachments/0`);
    expect([got.status, await got.text()]).toEqual([200, 'hello, from elsewhere']);
  }
  expect(app.log() + JSON.stringify(taken)).not.toContain(signature);
});

test('a large file may come in a large request, where a file may be said and nowhere else', async () => {
  const large = { ...file, mimeType: 'image/png', data: randomBytes(4_000_000).toString('base64') };
  const { app, kept } = await setUp();
  const sent = await app.request('POST', '/xmtp/send', { to, remoteAttachment: large });
  expect([sent.status, [...kept.values()][0]?.length]).toEqual([200, expect.any(Number)]);
  const over = { ...file, data: Buffer.alloc(10_000_001).toString('base64') };
  const refused = await app.request('POST', '/xmtp/send', { to, remoteAttachment: over });
  expect([refused.status, await refused.json()]).toEqual([
    413,
    expect.objectContaining({ code: 'ATTACHMENT_TOO_LARGE' }),
  ]);
  const bare = await createMemoryApp();
  for (const [asked, path] of [
    [app, '/xmtp/messages/ab/react'],
    [app, '/xmtp/allowlist'],
    [bare, '/xmtp/send'],
  ] as const) {
    const answer = await asked.operator('POST', path, { to, remoteAttachment: large });
    expect([path, (await answer.json()) as object]).toEqual([
      path,
      expect.objectContaining({ code: 'BODY_TOO_LARGE' }),
    ]);
  }
});

test('what keeps a file from being uploaded is told, without what it was uploaded by', async () => {
  const bare = await createMemoryApp();
  const nowhere = await bare.request('POST', '/xmtp/send', { to, remoteAttachment: file });
  expect([nowhere.status, await nowhere.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'UPLOAD_NOT_CONFIGURED' }),
  ]);
  const { app } = await setUp({ status: 403 });
  const refused = await app.request('POST', '/xmtp/send', { to, remoteAttachment: file });
  const text = await refused.text();
  expect([refused.status, text]).toEqual([502, expect.stringContaining('UPLOAD_FAILED')]);
  const status = await (await app.request('GET', '/xmtp/status')).text();
  expect(text + status + app.log()).not.toContain(signature);
  expect(app.mailbox.taken).toEqual([]);
  // Nor may the agent say it.
  const said = await app.request('POST', '/xmtp/send', { to, message: `Write to it with ${signature}` });
  expect([said.status, app.mailbox.taken[0]?.text]).toEqual([200, 'Write to it with [removed: secret of this agent]']);
});

test.each([
  ['a second thing to say', { message: 'hi', remoteAttachment: file }],
  ['a type beside that of the file', { contentType: 'text', remoteAttachment: file }],
  ['bytes that are no base64', { remoteAttachment: { ...file, data: 'a$' } }],
  ['no type', { remoteAttachment: { data } }],
  ['a URL of its own', { remoteAttachment: { ...file, url: 'https://evil.example/' } }],
  ['an empty name', { remoteAttachment: { ...file, filename: '' } }],
])('%s is refused', async (_, said) => {
  const { app, kept } = await setUp();
  const answer = await app.request('POST', '/xmtp/send', { to, ...said });
  expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ code: 'INVALID_REQUEST' })]);
  expect([kept.size, app.mailbox.taken]).toEqual([0, []]);
});
