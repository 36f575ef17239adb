import { expect, test } from 'vitest';
import { alice, createMemoryApp } from '../../test/memory-app.ts';

const type = { authorityId: 'xmtp.org', typeId: 'attachment', versionMajor: 1, versionMinor: 0 };
const hostile = `x"; filename="setup.exe"\r\nset-cookie: a=b\u202e'*%.html`;

test('a file goes out as bytes to be saved, with nothing of its sender in a header as he wrote it', async () => {
  const app = await createMemoryApp();
  const bytes = Buffer.from('<script>alert(document.domain)</script>');
  const parameters = { filename: hostile, mimeType: 'text/html\r\nset-cookie: a=b' };
  const { messageId } = await app.mailbox.receive({ content: { type, parameters, content: bytes } });
  const answer = await app.request('GET', `/xmtp/messages/${messageId}/attachments/0`);
  expect([answer.status, await answer.text()]).toEqual([200, bytes.toString()]);
  const headers = Object.fromEntries(answer.headers);
  expect(headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(bytes.length),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[A-Za-z0-9%._!~-]+$/u);
  expect(headers).not.toHaveProperty('set-cookie');
});

test('a file that is not what its sender calls it says so', async () => {
  const app = await createMemoryApp();
  const parameters = { mimeType: 'image/png' };
  const { messageId } = await app.mailbox.receive({ content: { type, parameters, content: Buffer.from('hello') } });
  const answer = await app.request('GET', `/xmtp/messages/${messageId}/attachments/0`);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-disposition': 'attachment',
    'xmtp-findings': 'mislabelled',
  });
});

test('a file of somebody who is denied by now is shown no more than his words are', async () => {
  const app = await createMemoryApp();
  const content = { type, parameters: { mimeType: 'text/plain' }, content: Buffer.from('hello') };
  const { messageId } = await app.mailbox.receive({ content });
  const path = `/xmtp/messages/${messageId}/attachments/0`;
  await app.operator('PUT', `/xmtp/denylist/${alice}`, {});
  const answer = await app.request('GET', path);
  expect([answer.status, await answer.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'ATTACHMENT_REFUSED', detail: expect.stringContaining('denylist') }),
  ]);
  await app.operator('DELETE', `/xmtp/denylist/${alice}`);
  expect(await (await app.request('GET', path)).text()).toBe('hello');
});

test('what is not there, and what cannot be meant', async () => {
  const app = await createMemoryApp();
  const { messageId } = await app.mailbox.receive({ content: { type, parameters: {}, content: Buffer.from('a') } });
  const cases = [
    ['attachments/1', 404, 'ATTACHMENT_NOT_FOUND'],
    ['attachments/-1', 422, 'INVALID_REQUEST'],
    ['attachments/0?download=1', 422, 'INVALID_REQUEST'],
  ] as const;
  for (const [path, status, code] of cases) {
    const answer = await app.request('GET', `/xmtp/messages/${messageId}/${path}`);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
  }
});
