import { type InboundMessage, MailboxError } from '@xmtp-messaging/xmtp-core';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { startAgent } from '../../test/agent-server.ts';
import { sampleMessage } from '../../test/sample-message.ts';
import { createLogger } from '../log/create-logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { readGauges } from '../metrics/gauges.ts';
import { createMessageHandler } from './create-message-handler.ts';
import { handleByChannel } from './handle-by-channel.ts';
import { createLoopGuard } from './loop-guard.ts';
import { sendReply } from './send-reply.ts';
import { createWebhookChannel } from './webhook-channel.ts';

const { signal } = new AbortController();

async function setUp() {
  const mailbox = await createTestMailbox();
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  const agent = await startAgent((_, count) => ({ body: { reply: `answer ${count}` } }));
  const channel = createWebhookChannel({ url: agent.url, secrets: ['whsec_c2VjcmV0'], timeoutMs: 5000 });
  const metrics = createMetrics(() => readGauges(null, 0, 0));
  const loopGuard = createLoopGuard({ limit: 20 });
  const handle = createMessageHandler(handleByChannel(channel, { metrics, now: Date.now }), {
    view: ({ messageId }) => sampleMessage({ id: messageId }),
    reply: (message, text, reply) => sendReply({ mailbox, loopGuard, message, text, random: () => 0, ...reply }),
    loopGuard,
    logger: createLogger({ level: 'silent' }),
    metrics,
  });
  const send = { failures: 0, left: 0, code: 'NOT_SENT' as 'NOT_SENT' | 'MESSAGE_TOO_LARGE' };
  mailbox.answerSends(({ to }) => {
    if (send.left > 0) {
      send.left -= 1;
      send.failures += 1;
      return Promise.reject(new MailboxError({ code: send.code, shortMessage: 'No network.' }));
    }
    const { conversationId } = to as { conversationId: string };
    return Promise.resolve({ status: 'sent', messageId: 'ab'.repeat(32), conversationId, replayed: false });
  });
  const one = await mailbox.receive();
  const two = await mailbox.receive();
  const deliver = (message: InboundMessage) => handle(message, { signal, attempt: 1 }) as Promise<{ kind: string }>;
  return { mailbox, agent, send, deliver, one, two };
}

test('a reply that cannot be sent is tried again by itself: the agent is asked once', async () => {
  const { mailbox, agent, send, deliver, one, two } = await setUp();
  send.left = 12;
  let attempts = 1;
  while ((await deliver(one)).kind === 'failed') attempts += 1;
  expect([send.failures, attempts > 1, agent.requests.length]).toEqual([12, true, 1]);
  expect(mailbox.sends.at(-1)).toMatchObject({ text: 'answer 1', idempotencyKey: `reply:${one.messageId}` });
  expect(await deliver(two)).toMatchObject({ kind: 'delivered' });
  expect([agent.requests.length, mailbox.sends.at(-1)?.text]).toEqual([2, 'answer 2']);
});

test('an answer that was sent, or can never be, is not kept: another delivery asks the agent', async () => {
  const { agent, send, deliver, one, two } = await setUp();
  await deliver(one);
  await deliver(one);
  expect(agent.requests).toHaveLength(2);
  Object.assign(send, { left: 1, code: 'MESSAGE_TOO_LARGE' });
  expect(await deliver(two)).toMatchObject({ kind: 'dead' });
  await deliver(two);
  expect(agent.requests).toHaveLength(4);
});
