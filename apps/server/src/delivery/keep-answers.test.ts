import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { MailboxError } from '@xmtp-messaging/xmtp-core';
import { expect, onTestFinished, test } from 'vitest';
import { startAgent } from '../../test/agent-server.ts';
import { createMemoryMailbox } from '../../test/memory-mailbox.ts';
import { sampleMessage } from '../../test/sample-message.ts';
import type { OpenAgent } from '../agent/types.ts';
import { createLogger } from '../log/create-logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { readGauges } from '../metrics/gauges.ts';
import { createDelivery } from './create-delivery.ts';
import { createLoopGuard } from './loop-guard.ts';

async function setUp(maxAttempts = 20) {
  const mailbox = createMemoryMailbox();
  const agent = await startAgent((_, count) => ({ body: { reply: `answer ${count}` } }));
  const home = {
    path: await temporaryDirectory(),
    view: ({ messageId }: { messageId: string }) => sampleMessage({ id: messageId }),
  };
  const worker = createDelivery({
    agent: { mailbox, home } as unknown as OpenAgent,
    config: { target: { kind: 'webhook', url: agent.url, secrets: ['whsec_c2VjcmV0'] }, maxAttempts, retryBaseMs: 1 },
    loopGuard: createLoopGuard({ limit: 20, now: Date.now }),
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics(() => readGauges(null, 0, 0)),
    now: Date.now,
    random: () => 0,
  })!;
  onTestFinished(() => worker.stop({ timeoutMs: 0 }));
  const send = { failures: 0, left: 0 };
  mailbox.onSend(({ to }) => {
    if (send.left > 0) {
      send.left -= 1;
      send.failures += 1;
      return Promise.reject(new MailboxError({ code: 'NOT_SENT', shortMessage: 'No network.' }));
    }
    const { conversationId } = to as { conversationId: string };
    return Promise.resolve({ status: 'sent', messageId: 'ab'.repeat(32), conversationId, replayed: false });
  });
  const state = async (id: string) => (await mailbox.inbox.get(id))!.state;
  return { mailbox, agent, worker, send, state };
}

test('a reply that cannot be sent is tried again by itself: the agent is asked once', async () => {
  const { mailbox, agent, worker, send, state } = await setUp();
  send.left = 12;
  const first = mailbox.receive({});
  await waitFor(async () => {
    worker.retry();
    return (await state(first.messageId)) === 'delivered';
  });
  expect([send.failures, agent.requests.length]).toEqual([12, 1]);
  expect(mailbox.sends.at(-1)).toMatchObject({ text: 'answer 1', idempotencyKey: `reply:${first.messageId}` });
  const second = mailbox.receive({});
  await waitFor(async () => (await state(second.messageId)) === 'delivered');
  expect(agent.requests).toHaveLength(2);
  expect(mailbox.sends.at(-1)).toMatchObject({ text: 'answer 2' });
});

test('a dead letter whose reply never left is answered from what was kept', async () => {
  const { mailbox, agent, send, state } = await setUp(1);
  send.left = 1;
  const { messageId } = mailbox.receive({});
  await waitFor(async () => (await state(messageId)) === 'dead');
  mailbox.inbox.replay(messageId);
  await waitFor(async () => (await state(messageId)) === 'delivered');
  expect(agent.requests).toHaveLength(1);
  expect(mailbox.sends.at(-1)).toMatchObject({ text: 'answer 1' });
});
