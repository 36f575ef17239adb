import { expect, onTestFinished, test } from 'vitest';
import { type AgentRequest, startAgent } from '../../test/agent-server.ts';
import { sampleMessage } from '../../test/sample-message.ts';
import { createRestApChannel, type RestApChannelOptions } from './rest-ap-channel.ts';

const { signal } = new AbortController();

function deliver(url: string, options: Partial<RestApChannelOptions> = {}) {
  const channel = createRestApChannel({ url, timeoutMs: 2000, answerTimeoutMs: 5000, pollMs: 2, ...options });
  onTestFinished(() => channel.close());
  return channel.deliver(sampleMessage(), { signal, attempt: 1 });
}

test('talks as any REST-AP client, the words wrapped, the facts beside them', async () => {
  const agent = await startAgent(() => ({ body: { result: 'Hello yourself' } }));
  expect(await deliver(`${agent.url}/agents/a`)).toEqual({ kind: 'delivered', reply: 'Hello yourself' });
  const { url, headers, body } = agent.requests[0]!;
  expect([url, headers['idempotency-key']]).toEqual(['/agents/a/talk', 'ab'.repeat(32)]);
  expect(JSON.parse(body)).toEqual({
    message: sampleMessage().text,
    from: 'xmtp:0x52908400098527886E0F7030069857D2E4169EE7',
    xmtp: expect.objectContaining({ id: 'ab'.repeat(32), taint: sampleMessage().taint }),
  });
});

test('follows a query in the news until its end', async () => {
  const started = Date.now();
  const news = [
    { items: [], timestamp: started },
    null,
    {
      items: [
        { type: 'query.started', timestamp: started, query_id: 'q1' },
        { type: 'query.completed', query_id: 'q2', data: { result: 'not mine' } },
      ],
      timestamp: started + 5000,
    },
    {
      items: [
        { type: 'query.completed', timestamp: started, query_id: 'q1', data: { query_id: 'q1', result: 'Done' } },
      ],
    },
  ];
  const agent = await startAgent((request, count) => {
    if (request.url === '/talk') return { status: 202, body: { query_id: 'q1', status: 'processing' } };
    const page = news[count - 2];
    return page === null ? null : { body: page };
  });
  expect(await deliver(agent.url)).toEqual({ kind: 'delivered', reply: 'Done' });
  const since = agent.requests.slice(1).map(({ url }) => new URL(url, agent.url).searchParams);
  expect(since.map((query) => query.get('query_id'))).toEqual(['q1', 'q1', 'q1', 'q1']);
  expect(Number(since[0]!.get('since'))).toBeLessThanOrEqual(started - 59_000);
  expect(Number(since[3]!.get('since'))).toBe(started + 4000);
});

const failing: [
  string,
  (request: AgentRequest) => { status?: number; headers?: Record<string, string>; body?: unknown } | null,
  object,
][] = [
  ['answers 500', () => ({ status: 500 }), { kind: 'failed', error: '/talk answered 500' }],
  [
    'asks for patience',
    () => ({ status: 503, headers: { 'retry-after': '3' } }),
    { kind: 'failed', retryAfterMs: 3000 },
  ],
  ['is gone', () => ({ status: 410 }), { kind: 'gone' }],
  ['redirects', () => ({ status: 307, headers: { location: '/elsewhere' } }), { kind: 'failed' }],
  [
    'dies after the question',
    ({ url }) => (url === '/talk' ? { body: { query_id: 'q' } } : null),
    { kind: 'failed', error: 'the news of the agent cannot be read' },
  ],
  ['has no news', ({ url }) => (url === '/talk' ? { body: { query_id: 'q' } } : { status: 404 }), { kind: 'failed' }],
  [
    'fails the question',
    ({ url }) => ({ body: url === '/talk' ? { query_id: 'q' } : { items: [{ type: 'query.failed', query_id: 'q' }] } }),
    { kind: 'refused', attempts: 3, error: expect.stringContaining('query.failed') },
  ],
];

test.each(failing)('an agent that %s', async (_, answer, expected) => {
  const agent = await startAgent(answer);
  expect(await deliver(agent.url)).toMatchObject(expected);
});

test('an answer that never comes ends after its time', async () => {
  const agent = await startAgent(({ url }) => ({ body: url === '/talk' ? { query_id: 'q' } : { items: [] } }));
  expect(await deliver(agent.url, { answerTimeoutMs: 100 })).toMatchObject({
    kind: 'failed',
    error: 'the agent did not finish within 100 ms',
  });
});
