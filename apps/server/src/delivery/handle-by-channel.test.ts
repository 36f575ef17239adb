import { AgentError, type Answer } from '@xmtp-messaging/agent';
import { expect, test } from 'vitest';
import { startAgent } from '../../test/agent-server.ts';
import { sampleMessage } from '../../../../packages/agent/test/sample-message.ts';
import { handleByChannel } from './handle-by-channel.ts';
import { createWebhookChannel } from './create-webhook-channel.ts';

const { signal } = new AbortController();

async function setUp(answer: (count: number) => object = (count) => ({ reply: `answer ${count}` })) {
  const agent = await startAgent((_, count) => ({ body: answer(count) }));
  const channel = createWebhookChannel({ url: agent.url, secrets: ['whsec_c2VjcmV0'], timeoutMs: 5000 });
  const counted: string[] = [];
  const metrics = { delivery: ({ result }: { result: string }) => void counted.push(result) };
  const handle = handleByChannel(channel, { metrics, now: Date.now });
  const replies: Answer[] = [];
  const send = { left: 0, retryable: true };
  const reply = (said: Answer) => {
    send.left -= 1;
    if (send.left >= 0) return Promise.reject(new AgentError({ code: 'REPLY_NOT_SENT', retryable: send.retryable }));
    replies.push(said);
    return Promise.resolve({ kind: 'accepted' as const });
  };
  const deliver = async (id: string) => await handle(sampleMessage({ id }), { signal, attempt: 1, reply });
  return { agent, send, deliver, replies, counted };
}

test('a reply that cannot be sent is tried again by itself: the agent is asked once', async () => {
  const { agent, send, deliver, replies, counted } = await setUp();
  send.left = 12;
  for (let attempt = 0; attempt < 12; attempt += 1)
    await expect(deliver('one')).rejects.toMatchObject({ code: 'REPLY_NOT_SENT' });
  expect(await deliver('one')).toMatchObject({ kind: 'delivered' });
  expect([agent.requests.length, replies, counted]).toEqual([1, ['answer 1'], ['delivered']]);
  await deliver('two');
  expect([agent.requests.length, replies]).toEqual([2, ['answer 1', 'answer 2']]);
});

test('an answer that was sent, or can never be, is not kept: another delivery asks the agent', async () => {
  const { agent, send, deliver } = await setUp();
  await deliver('one');
  await deliver('one');
  expect(agent.requests).toHaveLength(2);
  Object.assign(send, { left: 1, retryable: false });
  await expect(deliver('two')).rejects.toMatchObject({ code: 'REPLY_NOT_SENT' });
  await deliver('two');
  expect(agent.requests).toHaveLength(4);
});

test('several replies go out one by one; when one cannot be sent now, all are tried again without asking', async () => {
  const said = { replies: ['one', { reply: '**two**', contentType: 'markdown' }, { reaction: '👀' }] };
  const { agent, send, deliver, replies } = await setUp(() => said);
  send.left = 1;
  await expect(deliver('m')).rejects.toMatchObject({ code: 'REPLY_NOT_SENT' });
  await deliver('m');
  const two = { text: '**two**', contentType: 'markdown' };
  expect([agent.requests.length, replies]).toEqual([1, ['one', two, { reaction: '👀' }]]);
});
