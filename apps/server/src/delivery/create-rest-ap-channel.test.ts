import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { type AgentRequest, startAgent } from '../../test/agent-server.ts';
import { sampleMessage } from '../../../../packages/agent/test/sample-message.ts';
import { createRestApChannel, type RestApChannelOptions } from './create-rest-ap-channel.ts';
import { openSessions, type Sessions } from './open-sessions.ts';

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
    schedule: { kind: 'xmtp', noAutoReply: true },
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
    { kind: 'refused', attempts: 1, error: expect.stringContaining('query.failed') },
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

/** An agent as id-agents builds it: one question at a time, with its last session unless it is given one. */
async function startAgentWithSessions({ canClear = true } = {}) {
  let last: string | null = null;
  let count = 0;
  const memory = new Map<string, string[]>();
  const news: object[] = [];
  return await startAgent(({ url, body }) => {
    if (url === '/clear') {
      if (!canClear) return { status: 404 };
      last = null;
      return { body: { ok: true } };
    }
    if (url !== '/talk') return { body: { items: news } };
    const { message, session_id: asked } = JSON.parse(body) as { message: string; session_id?: string };
    count += 1;
    const query = { query_id: `q${count}` };
    if (asked !== undefined && !memory.has(asked)) {
      news.push({ type: 'query.failed', data: { ...query, error: `No conversation found with session ID: ${asked}` } });
      return { status: 202, body: query };
    }
    const sessionId: string = asked ?? last ?? `s${count}`;
    const heard = [...(memory.get(sessionId) ?? []), message];
    memory.set(sessionId, heard);
    last = sessionId;
    news.push({ type: 'query.completed', data: { ...query, result: { result: heard.join(', '), sessionId } } });
    return { status: 202, body: query };
  });
}

function talker(url: string, sessions: Sessions) {
  const channel = createRestApChannel({ url, timeoutMs: 2000, answerTimeoutMs: 5000, pollMs: 1, sessions });
  onTestFinished(() => channel.close());
  return (conversationId: string, text: string) =>
    channel.deliver(sampleMessage({ conversationId, text }), { signal, attempt: 1 });
}

test('each conversation has a memory of its own, over a restart too', async () => {
  const agent = await startAgentWithSessions();
  const home = await temporaryDirectory();
  const before = talker(agent.url, openSessions({ path: home }));
  const said = [await before('alice', 'a1'), await before('bob', 'b1'), await before('alice', 'a2')];
  const after = talker(agent.url, openSessions({ path: home }));
  said.push(...(await Promise.all([after('bob', 'b2'), after('carol', 'c1'), after('alice', 'a3')])));
  expect(said.map((outcome) => (outcome.kind === 'delivered' ? outcome.reply : outcome))).toEqual([
    'a1',
    'b1',
    'a1, a2',
    'b1, b2',
    'c1',
    'a1, a2, a3',
  ]);
});

test('a session that the agent has lost is not asked for again', async () => {
  const sessions = openSessions(null);
  await sessions.keep('alice', 'lost long ago');
  const agent = await startAgentWithSessions();
  const ask = talker(agent.url, sessions);
  expect([await ask('alice', 'a1'), await ask('alice', 'a1')]).toMatchObject([
    // Once more, and no more than once more: the second time it is asked in a new one.
    { kind: 'refused', attempts: 2 },
    { kind: 'delivered', reply: 'a1' },
  ]);
});

test.each([
  ['a question that it fails', { error: 'The model did not answer.' }, { kind: 'refused', attempts: 1 }, null],
  ['an answer that a filter stopped', { is_api_error: true, session_cleared: true }, { attempts: 1 }, null],
  ['a provider that is busy', { error: '529 overloaded', is_api_error: true }, { attempts: 3 }, 's1'],
  [
    'a failure that passes',
    { error: { retryable: true, retry_after: 7 } },
    { kind: 'failed', retryAfterMs: 7000 },
    's1',
  ],
])('in a conversation that has a session, after %s', async (_, data, outcome, kept) => {
  const sessions = openSessions(null);
  await sessions.keep('alice', 's1');
  const item = { type: 'query.failed', data: { query_id: 'q', ...data } };
  const agent = await startAgent(({ url }) => ({ body: url === '/talk' ? { query_id: 'q' } : { items: [item] } }));
  expect([await talker(agent.url, sessions)('alice', 'a1'), sessions.get('alice')]).toMatchObject([outcome, kept]);
});

test('the session of another conversation is never kept, and what cannot be cleared is asked side by side', async () => {
  const sessions = openSessions(null);
  const agent = await startAgentWithSessions({ canClear: false });
  const ask = talker(agent.url, sessions);
  await ask('alice', 'a1');
  await ask('bob', 'b1');
  expect([sessions.get('alice'), sessions.get('bob')]).toEqual(['s1', null]);
});

test('a damaged file of sessions costs memory, not messages', async () => {
  const home = await temporaryDirectory();
  await writeFile(join(home, 'sessions.json'), '[["a"', { mode: 0o600 });
  const failures: unknown[] = [];
  const sessions = openSessions({ path: home }, (error) => failures.push(error));
  await sessions.keep('a', 's');
  expect([failures.length, openSessions({ path: home }).get('a')]).toEqual([1, 's']);
});
