import { sendableTypes } from '@xmtp-messaging/xmtp-core/content';
import { expect, test } from 'vitest';
import { bob, createMemoryApp } from '../../test/memory-app.ts';

const to = bob.toLowerCase();
const reference = 'ab'.repeat(32);
const data = Buffer.from('hello').toString('base64');

test('words, content of a type by its short name and its full id, and a file are sent, each once under its key', async () => {
  const app = await createMemoryApp();
  const bodies = [
    { message: 'hi' },
    { message: '# hi', contentType: 'markdown' },
    { contentType: 'text', content: { text: 'typed' } },
    { contentType: 'xmtp.org/reaction:2.0', content: { reference, content: '👍' } },
    { attachment: { filename: 'a.txt', mimeType: 'text/plain', data } },
    { contentType: 'example.org/poll:1.2', content: { parameters: { a: 'b' }, content: data, fallback: 'a poll' } },
    { message: 'answer', replyTo: reference },
  ];
  for (const [index, body] of bodies.entries()) {
    const send = () => app.request('POST', '/xmtp/send', { to, ...body }, { 'idempotency-key': `key-${index}` });
    const first = await send();
    expect([first.status, await first.json()]).toEqual([200, expect.objectContaining({ replayed: false })]);
    expect(await (await send()).json()).toMatchObject({ replayed: true });
  }
  expect(app.mailbox.taken.map(({ contentType }) => contentType)).toEqual([
    'text',
    'markdown',
    'text',
    'reaction',
    'attachment',
    'poll',
    'reply',
  ]);
  const other = { to, contentType: 'reaction', content: { reference, content: '👎' } };
  const conflict = await app.request('POST', '/xmtp/send', other, { 'idempotency-key': 'key-3' });
  expect(conflict.status).toBe(409);
});

const refused: object[] = [
  {},
  { message: 'a', content: { text: 'a' }, contentType: 'text' },
  { message: 'a', contentType: 'reaction' },
  { content: { text: 'a' } },
  { contentType: 'text', content: { text: 'a', more: 1 } },
  { contentType: 'text', content: { text: '\ud800' } },
  { contentType: 'reaction', content: { reference: 'x', content: '👍' } },
  { contentType: 'reaction', content: { reference, content: '👍' }, replyTo: reference },
  { contentType: 'deleteMessage', content: {} },
  { contentType: 'xmtp.org/group_updated:1.0', content: {} },
  { contentType: 'poem', content: {} },
  { contentType: 'a b/c:1.0', content: {} },
  { contentType: 'remoteAttachment', content: { url: 'http://x.y/' } },
  { attachment: { mimeType: 'text/plain', data: 'not base64!' } },
  { attachment: { mimeType: 'text/plain', data }, contentType: 'text' },
];

test('what cannot be meant is refused, and nothing is sent', async () => {
  const app = await createMemoryApp();
  for (const body of refused) {
    const answer = await app.request('POST', '/xmtp/send', { to, ...body });
    const problem = { code: 'INVALID_REQUEST', status: 422 };
    expect([body, await answer.json()]).toEqual([body, expect.objectContaining(problem)]);
  }
  expect(app.mailbox.taken).toEqual([]);
});

test('what is over the limit, and what holds a secret where it cannot be taken out, is refused', async () => {
  const app = await createMemoryApp({ secrets: ['hunter2hunter2!'] });
  const file = (bytes: Uint8Array | string) => ({
    to,
    attachment: { mimeType: 'text/plain', data: Buffer.from(bytes as string).toString('base64') },
  });
  const large = await app.request('POST', '/xmtp/send', file(Buffer.alloc(1_100_000, 'a')));
  expect([large.status, await large.json()]).toEqual([413, expect.objectContaining({ code: 'MESSAGE_TOO_LARGE' })]);
  const unsafe = await app.request('POST', '/xmtp/send', file('pass: hunter2hunter2!'));
  const text = await unsafe.text();
  expect([unsafe.status, text]).toEqual([422, expect.stringContaining('CONTENT_UNSAFE')]);
  expect(text + app.log()).not.toContain('hunter2');
  expect(app.mailbox.taken).toEqual([]);
});

test('an answer in a group is a reply where its type can be one; a reaction names the message itself', async () => {
  const app = await createMemoryApp();
  const { messageId, senderInboxId } = await app.mailbox.receive({ group: 'friends' });
  const post = (path: string, body: object) => app.request('POST', `/xmtp/messages/${messageId}/${path}`, body);
  const react = await post('react', { reaction: '👀' });
  expect([react.status, await react.json()]).toEqual([200, expect.objectContaining({ ok: true, replayed: false })]);
  expect(await (await post('react', { reaction: '👀' })).json()).toMatchObject({ replayed: true });
  expect(await (await post('react', { reaction: '👀', action: 'removed' })).json()).toMatchObject({ replayed: false });
  expect((await post('reply', { attachment: { mimeType: 'text/plain', data } })).status).toBe(200);
  expect((await post('reply', { contentType: 'readReceipt', content: {} })).status).toBe(200);
  const { taken } = app.mailbox;
  expect(taken.map(({ contentType }) => contentType)).toEqual(['reaction', 'reaction', 'reply', 'readReceipt']);
  const reaction = Buffer.from(taken[0]!.content.content).toString();
  expect(reaction).toContain(messageId);
  expect(reaction).toContain(senderInboxId);
  expect((await post('react', { reaction: '' })).status).toBe(422);
});

test('the document has the content of each type, complete in itself', async () => {
  const app = await createMemoryApp();
  const text = await (await app.request('GET', '/openapi.json')).text();
  const { components } = JSON.parse(text) as { components: Record<'schemas' | 'responses', Record<string, object>> };
  const names = Object.keys(components.schemas).filter((name) => name.startsWith('Outbound'));
  expect(names).toHaveLength(sendableTypes.length);
  for (const [, ref] of text.matchAll(/"\$ref":"([^"]*)"/gu)) {
    const [, kind, name] = /^#\/components\/(schemas|responses)\/(\w+)$/u.exec(ref!) ?? [];
    expect([ref, name]).toEqual([ref, expect.toBeOneOf(Object.keys(components[kind as 'schemas'] ?? {}))]);
  }
});
