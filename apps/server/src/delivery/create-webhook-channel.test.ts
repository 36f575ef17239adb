import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { type AgentAnswer, startAgent } from '../../test/agent-server.ts';
import { sampleMessage } from '../../../../packages/agent/test/sample-message.ts';
import { createWebhookChannel, type WebhookChannelOptions } from './create-webhook-channel.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const { signal } = new AbortController();

function channelTo(url: string, options: Partial<WebhookChannelOptions> = {}) {
  const channel = createWebhookChannel({ url, secrets: [secret], timeoutMs: 2000, ...options });
  onTestFinished(() => channel.close());
  return channel;
}

async function deliverTo(
  answer: AgentAnswer | (() => Promise<AgentAnswer>),
  options: Partial<WebhookChannelOptions> = {},
) {
  const agent = await startAgent(typeof answer === 'function' ? answer : () => answer);
  const outcome = await channelTo(`${agent.url}/hook`, options).deliver(sampleMessage(), { signal, attempt: 3 });
  return { agent, outcome };
}

test('posts a signed webhook whose id is the id of the message', async () => {
  const { agent, outcome } = await deliverTo({ status: 204 });
  expect(outcome).toEqual({ kind: 'delivered', reply: null });
  const { headers, body, url, method } = agent.requests[0]!;
  expect([method, url, headers['webhook-id'], headers['content-type']]).toEqual([
    'POST',
    '/hook',
    'ab'.repeat(32),
    'application/json',
  ]);
  const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(verified).toEqual({
    type: 'message.received',
    timestamp: '2026-01-01T00:00:01.000Z',
    attempt: 3,
    data: sampleMessage(),
  });
});

test.each([
  [500, {}, { kind: 'failed', error: 'the webhook answered 500' }],
  [429, { 'retry-after': '7' }, { kind: 'failed', retryAfterMs: 7000 }],
  [408, {}, { kind: 'failed' }],
  [425, {}, { kind: 'failed' }],
  [404, {}, { kind: 'refused', error: 'the webhook answered 404', attempts: 3 }],
  [401, {}, { kind: 'refused' }],
  [422, {}, { kind: 'refused' }],
  [410, {}, { kind: 'gone' }],
  [
    302,
    { location: 'http://127.0.0.1:1/' },
    { kind: 'failed', error: 'the webhook answered 302, a redirect, which is never followed' },
  ],
])('status %i', async (status, headers, expected) => {
  expect((await deliverTo({ status, headers })).outcome).toMatchObject(expected);
});

test('a connection that breaks, an agent that hangs, one that floods, and one that is not there are failures', async () => {
  expect((await deliverTo(null)).outcome).toMatchObject({
    kind: 'failed',
    error: expect.stringContaining('ECONNRESET'),
  });
  const hang = new Promise<AgentAnswer>(() => {});
  expect((await deliverTo(() => hang, { timeoutMs: 50 })).outcome).toMatchObject({
    error: expect.stringContaining('did not answer within 50 ms'),
  });
  expect((await deliverTo({ body: 'x'.repeat(2000) }, { maxAnswerBytes: 1000 })).outcome).toMatchObject({
    kind: 'refused',
    error: expect.stringContaining('more than 1000 bytes'),
  });
  const gone = await startAgent(() => null);
  await gone.close();
  expect(await channelTo(gone.url).deliver(sampleMessage(), { signal, attempt: 1 })).toMatchObject({
    error: expect.stringContaining('ECONNREFUSED'),
  });
});

test('a name is checked at the address that the connection uses', async () => {
  const agent = await startAgent(() => ({}));
  const port = new URL(agent.url).port;
  const lookupTo =
    (address: string): WebhookChannelOptions['lookup'] =>
    (_name, options, callback) => {
      if (options.all === true) callback(null, [{ address, family: 4 }]);
      else callback(null, address, 4);
    };
  const deliver = (address: string, allowPrivate: boolean) =>
    channelTo(`http://agent.internal:${port}/`, { lookup: lookupTo(address), allowPrivate }).deliver(sampleMessage(), {
      signal,
      attempt: 1,
    });
  expect(await deliver('127.0.0.1', true)).toMatchObject({ kind: 'delivered' });
  expect(await deliver('169.254.169.254', true)).toMatchObject({
    kind: 'failed',
    error: expect.stringContaining('never allowed'),
  });
  expect(await deliver('127.0.0.1', false)).toMatchObject({
    kind: 'failed',
    error: expect.stringContaining('in the clear'),
  });
  expect(agent.requests).toHaveLength(1);
});

test('an aborted delivery throws, so that it counts as no attempt', async () => {
  const stop = new AbortController();
  const agent = await startAgent(() => {
    stop.abort(new Error('stopped'));
    return new Promise<AgentAnswer>(() => {});
  });
  await expect(channelTo(agent.url).deliver(sampleMessage(), { signal: stop.signal, attempt: 1 })).rejects.toThrow(
    'stopped',
  );
});
