import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createMemoryApp, operatorToken } from '../../test/memory-app.ts';

const send = { to: 'bob.eth', message: 'Hello' };
const token = 'a-long-enough-token';

test('M2: a caller that sends too often is told when to come back', async () => {
  const clock = createManualClock();
  const app = await createMemoryApp({ sendsPerMinute: 60, now: () => clock.now() });
  for (let count = 0; count < 300; count += 1) expect((await app.request('POST', '/xmtp/send', send)).status).toBe(200);
  const refused = await app.request('POST', '/xmtp/send', send);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  // Whatever sends counts, a receipt and a change of a group as well.
  for (const [method, path] of [
    ['POST', '/xmtp/conversations/00/read'],
    ['POST', '/xmtp/groups'],
    ['PATCH', '/xmtp/groups/00'],
    ['POST', '/xmtp/messages/00/react'],
  ] as const)
    expect([path, (await app.request(method, path, {})).status]).toEqual([path, 429]);
  expect((await app.request('GET', '/xmtp/status')).status).toBe(200);
  clock.advance(1000);
  expect((await app.request('POST', '/xmtp/send', send)).status).toBe(200);
  expect((await app.request('POST', '/xmtp/send', send)).status).toBe(429);
});

test('whoever guesses is slowed down, and the right token is taken all the same', async () => {
  const clock = createManualClock();
  const app = await createMemoryApp({ token, freeAuthFailures: 5, requestsPerMinute: 60, now: () => clock.now() });
  const ask = async (given: string) =>
    (await app.request('GET', '/xmtp/status', undefined, { authorization: `Bearer ${given}` })).status;
  const guesses = [];
  for (let count = 0; count < 200; count += 1) guesses.push(await ask(`wrong-${count}`));
  expect(guesses.filter((status) => status === 401)).toHaveLength(5);
  expect(guesses.filter((status) => status === 429)).toHaveLength(195);
  expect(await ask(token)).toBe(200);
  expect((await app.request('GET', '/healthz')).status).toBe(200);
  // Only what came with the token was counted for those who have it.
  for (let count = 0; count < 9; count += 1) expect(await ask(token)).toBe(200);
  expect(await ask(token)).toBe(429);
  for (const path of ['/healthz', '/readyz']) expect((await app.request('GET', path)).status).toBe(200);
  clock.advance(1000);
  expect(await ask(token)).toBe(200);
});

test.each([-3_600_000, 3_600_000, -60_000])('a clock that steps by %i ms refuses nobody', async (step) => {
  const clock = createManualClock();
  const app = await createMemoryApp({ token, now: () => clock.now() });
  const ask = async () =>
    (await app.request('GET', '/xmtp/status', undefined, { authorization: `Bearer ${token}` })).status;
  for (let count = 0; count < 50; count += 1) expect(await ask()).toBe(200);
  clock.advance(step);
  for (let count = 0; count < 50; count += 1) expect(await ask()).toBe(200);
});

test.each(['10.1.2.3:4101', 'my_pod', 'agent-7f.default.svc.cluster.local.', 'not a host', ''])(
  'a probe may call the server %j',
  async (host) => {
    const app = await createMemoryApp({ token });
    for (const path of ['/healthz', '/readyz'])
      expect([path, (await app.request('GET', path, undefined, { host })).status]).toEqual([path, 200]);
    expect((await app.request('GET', '/xmtp/status', undefined, { host })).status).toBe(403);
  },
);

test.each([
  ['guarded', 403, 401],
  ['any-host', 401, 401],
  ['open', 200, 200],
] as const)('metrics that are %s', async (metrics, otherHost, noToken) => {
  const app = await createMemoryApp({ token, metrics });
  const ask = async (headers: Record<string, string>) =>
    (await app.request('GET', '/metrics', undefined, headers)).status;
  expect(await ask({ host: '10.1.2.3:4101' })).toBe(otherHost);
  expect(await ask({})).toBe(noToken);
  expect(await ask({ authorization: `Bearer ${operatorToken}` })).toBe(200);
  expect(await ask({ authorization: `Bearer ${token}` })).toBe(metrics === 'open' ? 200 : 403);
  expect(await ask({ origin: 'https://evil.example' })).toBe(403);
});

test.each<Record<string, string>>([
  { forwarded: 'for=203.0.113.9' },
  { 'x-forwarded-for': '203.0.113.9' },
  { 'x-forwarded-proto': 'https' },
  { 'x-real-ip': '203.0.113.9' },
  { 'cf-connecting-ip': '203.0.113.9' },
])('behind a proxy (%o) a server without a token is open to everybody, so it refuses', async (headers) => {
  const open = await createMemoryApp();
  const refused = await open.request('POST', '/xmtp/send', send, headers);
  expect([refused.status, await refused.json()]).toEqual([
    403,
    expect.objectContaining({ code: 'PROXY_WITHOUT_TOKEN', hint: expect.stringContaining('XMTP_API_TOKEN') }),
  ]);
  expect(open.mailbox.sends).toEqual([]);
  expect((await open.request('GET', '/healthz', undefined, headers)).status).toBe(200);
  const guarded = await createMemoryApp({ token });
  const authorization = `Bearer ${token}`;
  expect((await guarded.request('POST', '/xmtp/send', send, { ...headers, authorization })).status).toBe(200);
});

test.each(['conversationId', 'offset', 'sort', 'senders', 'since', 'stat', '__proto__'])(
  'a parameter that the route does not know (%s) is refused and named',
  async (name) => {
    const app = await createMemoryApp();
    for (const method of ['GET', 'HEAD'])
      expect((await app.request(method, `/xmtp/messages?limit=1&${name}=x`)).status).toBe(422);
    const answer = await (await app.request('GET', `/xmtp/messages?${name}=x`)).json();
    expect(answer).toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [{ pointer: `#/query/${name}`, detail: `Unrecognized parameter: "${name}"` }],
      hint: expect.stringContaining('after, before, limit, wait, state'),
    });
    expect((await app.request('GET', `/xmtp/status?${name}=x`)).status).toBe(422);
    expect((await app.request('GET', `/healthz?${name}=x`)).status).toBe(200);
  },
);

test('an empty parameter is none', async () => {
  const app = await createMemoryApp();
  const { messageId } = await app.mailbox.receive();
  const answer = await app.request('GET', '/xmtp/messages?after=&limit=&wait=');
  expect([answer.status, JSON.stringify(await answer.json()).includes(messageId)]).toEqual([200, true]);
});
