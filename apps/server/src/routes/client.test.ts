import { patient } from '@xmtp-messaging/testing';
import { createClient, readEvents, unwrap } from '@xmtp-messaging/client';
import { expect, onTestFinished, test } from 'vitest';
import { bob, createMemoryApp, operatorToken } from '../../test/memory-app.ts';
import { listen } from '../http/listen.ts';

test('a round trip by the published client: send, hear, read, answer, list, and what is refused', async () => {
  const app = await createMemoryApp();
  const listener = await listen({ host: '127.0.0.1', port: 0, fetch: app.fetch });
  onTestFinished(() => listener.close({ timeoutMs: 0 }));
  const baseUrl = `http://127.0.0.1:${listener.port}`;
  const agent = createClient({ baseUrl });
  const operator = createClient({ baseUrl, token: operatorToken });

  const key = { header: { 'idempotency-key': 'k1' } };
  const sent = await unwrap(agent.POST('/xmtp/send', { body: { to: 'bob.eth', message: 'Hi' }, params: key }));
  expect(sent).toMatchObject({ to: { name: 'bob.eth', address: bob }, replayed: false });

  const events = readEvents(agent, { signal: AbortSignal.timeout(patient(10_000)) });
  const heard = events.next();
  const { messageId } = await app.mailbox.receive({ text: 'How are you?' });
  expect((await heard).value).toMatchObject({ type: 'message', message: { id: messageId, state: 'pending' } });
  await events.return();

  const path = { id: messageId };
  const page = await unwrap(agent.GET('/xmtp/messages', { params: { query: { state: 'pending', limit: 5 } } }));
  expect(page.messages.map(({ id, text }) => [id, text?.includes('| How are you?')])).toEqual([[messageId, true]]);
  const block = await agent.GET('/xmtp/messages/{id}', {
    params: { path, query: { format: 'text' } },
    parseAs: 'text',
  });
  expect(block.data).toContain('| How are you?');
  await unwrap(agent.POST('/xmtp/messages/{id}/reply', { params: { path }, body: { message: 'Well' } }));
  expect(app.mailbox.sends.map(({ text }) => text)).toEqual(['Hi', 'Well']);
  await unwrap(agent.POST('/xmtp/messages/{id}/ack', { params: { path } }));

  const entry = { path: { entry: 'bob.eth' } };
  const refused = await agent.PUT('/xmtp/allowlist/{entry}', { params: entry, body: {} });
  expect([refused.response.status, refused.error?.code]).toEqual([401, 'UNAUTHORIZED']);
  expect(await unwrap(operator.PUT('/xmtp/allowlist/{entry}', { params: entry, body: {} }))).toMatchObject({
    added: true,
  });
});
