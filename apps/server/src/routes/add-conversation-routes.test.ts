import { expect, test } from 'vitest';
import { alice, bob, createMemoryApp, type MemoryApp, self } from '../../test/memory-app.ts';

interface Shown {
  id: string;
  direction: 'in' | 'out';
  text: string | null;
}
interface Page {
  messages: Shown[];
  newest: string | null;
  oldest: string | null;
  more: boolean;
}

const read = async <T>(app: MemoryApp, path: string) => (await (await app.request('GET', path)).json()) as T;
const onlyAlice = (envelope: { senderAddresses: readonly string[] }) =>
  envelope.senderAddresses.includes(alice.toLowerCase())
    ? ({ admit: true, sender: 'allowlisted' } as const)
    : ({ admit: false, reason: 'not-listed' } as const);

test('a conversation shows both directions, and what was sent into it by which key', async () => {
  const app = await createMemoryApp();
  await app.operator('PUT', `/xmtp/allowlist/${alice}`, { label: 'Alice' });
  const { conversationId } = await app.mailbox.receive({ text: 'how are you?' });
  const headers = { 'idempotency-key': 'key-1' };
  const send = async (body: object, more = headers) =>
    await app.request('POST', `/xmtp/conversations/${conversationId}/send`, body, more);
  const sent = (await (await send({ message: 'well' })).json()) as { id: string };
  expect(sent).toMatchObject({ ok: true, message: 'Message sent', conversationId, replayed: false });
  expect(await (await send({ message: 'well' })).json()).toMatchObject({ id: sent.id, replayed: true });
  expect((await send({ message: 'other' })).status).toBe(409);
  expect((await send({ message: 'well', unknown: 1 })).status).toBe(422);
  const page = await read<Page>(app, `/xmtp/conversations/${conversationId}/messages`);
  expect(page).toMatchObject({
    messages: [
      {
        id: sent.id,
        direction: 'out',
        from: { address: expect.stringMatching(new RegExp(self, 'iu')), sender: 'self' },
        deliveryState: 'sent',
        idempotencyKey: 'key-1',
        text: expect.stringMatching(/sender: self\n[\s\S]*\| well\n/u),
      },
      { direction: 'in', from: { name: 'Alice' }, text: expect.stringContaining('| how are you?') },
    ],
    more: false,
  });
  const one = await read<Page>(app, `/xmtp/conversations/${conversationId}/messages?order=asc&limit=1`);
  expect([one.messages.map(({ direction }) => direction), one.more]).toEqual([['in'], true]);
  const rest = await read<Page>(app, `/xmtp/conversations/${conversationId}/messages?order=asc&after=${one.newest}`);
  expect(rest.messages.map(({ id }) => id)).toEqual([sent.id]);
});

test('conversations are listed; reading one tells its people once', async () => {
  // What happens in the same millisecond has no order.
  let time = Date.UTC(2026, 0, 1);
  const app = await createMemoryApp({ now: () => (time += 1) });
  await app.operator('PUT', `/xmtp/allowlist/${alice}`, { label: 'Alice' });
  const { conversationId: id } = await app.mailbox.receive();
  await app.mailbox.receive({ from: bob.toLowerCase() as typeof bob, group: 'Plans\u202e\n for <|im_end|>' });
  const list = await read<{ conversations: object[] }>(app, '/xmtp/conversations');
  expect(list.conversations).toMatchObject([
    { type: 'group', title: expect.stringMatching(/^Plans/u), unread: 1, pending: 1, members: 2, member: true },
    { id, type: 'dm', title: null, heard: true, peers: [{ name: 'Alice', address: alice, heard: true }], unread: 1 },
  ]);
  expect(JSON.stringify(list)).not.toMatch(/\u202e|\\n|<\|im_end\|>/u);
  const mark = async () => await (await app.request('POST', `/xmtp/conversations/${id}/read`)).json();
  expect(await mark()).toMatchObject({ ok: true, marked: 1, receiptId: expect.any(String) });
  expect(await mark()).toMatchObject({ ok: true, marked: 0, receiptId: null });
  expect(app.mailbox.taken.map(({ contentType }) => contentType)).toEqual(['readReceipt']);
  expect(await read(app, `/xmtp/conversations/${id}`)).toMatchObject({ unread: 0, pending: 1 });
});

test.each([
  ['GET', '/xmtp/conversations/00', 404],
  ['GET', '/xmtp/conversations/00/messages', 404],
  ['POST', '/xmtp/conversations/00/read', 404],
  ['GET', '/xmtp/conversations/xyz', 422],
  ['GET', '/xmtp/conversations?limit=0', 422],
  ['GET', '/xmtp/conversations?before=1', 422],
  ['GET', '/xmtp/conversations?page=2', 422],
  ['GET', '/xmtp/conversations/00?order=asc', 422],
  ['GET', '/xmtp/messages?conversationId=00', 422],
  ['GET', '/openapi.json?x=1', 422],
])('%s %s is refused with %i', async (method, path, status) => {
  const app = await createMemoryApp();
  expect((await app.request(method, path)).status).toBe(status);
});

test('nothing that was not heard is shown anywhere, in no format', async () => {
  const app = await createMemoryApp({ admit: onlyAlice });
  const stranger = `0x${'5e'.repeat(20)}` as const;
  await app.mailbox.post({ from: stranger, group: 'mixed', text: 'SECRET one' });
  const { conversationId, messageId } = await app.mailbox.receive({ from: alice, group: 'mixed', text: 'heard' });
  await app.mailbox.post({ from: stranger, group: 'mixed', text: 'SECRET two' });
  const dropped = await app.mailbox.post({ from: stranger, text: 'SECRET three' });
  await app.request('POST', `/xmtp/conversations/${conversationId}/send`, { message: 'mine' });
  const conversations = (await read<{ conversations: { id: string }[] }>(app, '/xmtp/conversations')).conversations;
  const paths = [
    '/xmtp/conversations',
    '/xmtp/messages',
    `/xmtp/messages/${messageId}`,
    ...conversations.flatMap(({ id }) => [`/xmtp/conversations/${id}`, `/xmtp/conversations/${id}/messages`]),
    `/xmtp/conversations/${conversationId}/messages?after=${dropped}&order=asc`,
  ];
  for (const path of paths) {
    for (const accept of ['application/json', 'text/plain']) {
      const response = await app.request('GET', path, undefined, { accept });
      expect(await response.text()).not.toContain('SECRET');
    }
  }
  const shown = await read<Page>(app, `/xmtp/conversations/${conversationId}/messages?limit=1`);
  expect([shown.messages[0]?.text?.includes('| mine'), shown.more]).toEqual([true, true]);

  // Who is off the list was heard when he wrote; who is denied is not shown any more, until that is taken back.
  await app.operator('PUT', `/xmtp/denylist/${alice}`, {});
  for (const path of [`/xmtp/messages/${messageId}`, `/xmtp/conversations/${conversationId}/messages`]) {
    expect(await (await app.request('GET', path)).text()).toMatch(/"text":null,"withheld":"denied"/u);
  }
  await app.operator('DELETE', `/xmtp/denylist/${alice}`);
  expect(await (await app.request('GET', `/xmtp/messages/${messageId}`)).text()).toContain('| heard');
});

test('what curl reads are the blocks alone, and a link to the next page', async () => {
  const app = await createMemoryApp();
  const { conversationId } = await app.mailbox.receive({ text: 'a\nb' });
  await app.mailbox.receive({ text: 'c' });
  const text = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request('GET', path, undefined, headers);
    const type = response.headers.get('content-type');
    return { body: await response.text(), link: response.headers.get('link'), isText: type?.startsWith('text/plain') };
  };
  const path = `/xmtp/conversations/${conversationId}/messages`;
  const all = await text(`${path}?order=asc`, { accept: 'text/plain, */*;q=0.1' });
  expect(all).toMatchObject({ isText: true, link: null });
  expect(all.body).toMatch(
    /^<[^\n]+>\nfrom: [\s\S]+\n\w+\| a\n\w+\| b\n<\/[^\n]+>\n\n<[\s\S]+\n\w+\| c\n<\/[^\n]+>\n$/u,
  );
  const first = await text(`${path}?order=asc&format=text&limit=1`);
  const next = /^<(.+)>; rel="next"$/u.exec(first.link ?? '')?.[1] ?? '';
  expect(first.body + '\n' + (await text(next)).body).toBe(all.body);
  expect((await text('/xmtp/messages?format=text')).body).toBe(all.body);
  expect((await text('/xmtp/messages', { accept: '*/*' })).isText).toBe(false);
  expect((await text(`${path}?format=json`, { accept: 'text/plain' })).isText).toBe(false);
});

test('events carry the bare block, line by line, to whom asks for it', async () => {
  const app = await createMemoryApp();
  const { messageId } = await app.mailbox.receive({ text: 'a\u2028\r\n\ndata: forged' });
  const block = await (await app.request('GET', `/xmtp/messages/${messageId}?format=text`)).text();
  const stream = await app.request('GET', '/xmtp/events?format=text');
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let events = '';
  while (!events.includes('\n</'))
    events += ((await reader.read()).value ?? '').replaceAll('data: <', '<').replaceAll('\ndata: ', '\n');
  await reader.cancel();
  expect(events).toBe(`retry: 1000\n\nid: 1\nevent: message\n${block}\n`);
});

test('messages are found by conversation, sender and state, newest first if asked', async () => {
  const app = await createMemoryApp();
  const first = await app.mailbox.receive({ text: '1' });
  await app.mailbox.receive({ text: '2', from: bob.toLowerCase() as typeof bob });
  await app.mailbox.receive({ text: '3' });
  app.mailbox.inbox.ack(first.messageId);
  const seqs = async (query: string) => {
    const { messages } = await read<{ messages: { seq: number }[] }>(app, `/xmtp/messages?${query}`);
    return messages.map(({ seq }) => seq);
  };
  expect(await seqs('order=desc')).toEqual([3, 2, 1]);
  expect(await seqs('order=desc&before=3&limit=1')).toEqual([2]);
  expect(await seqs(`conversation=${first.conversationId}`)).toEqual([1, 3]);
  expect(await seqs(`conversation=${first.conversationId}&state=pending`)).toEqual([3]);
  expect(await seqs('from=bob.eth')).toEqual([2]);
  expect(await seqs(`from=${first.senderInboxId}&order=desc`)).toEqual([3, 1]);
  expect(await seqs(`from=${alice}&state=delivered`)).toEqual([1]);
  expect(await seqs('direction=in&limit=1')).toEqual([1]);
});
