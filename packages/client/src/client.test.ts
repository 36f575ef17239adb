import { expect, test } from 'vitest';
import { createClient } from './create-client.ts';
import { type MailboxEvent, readEvents } from './read-events.ts';
import { readChanges } from './read-changes.ts';
import { RequestError } from './request-error.ts';
import { unwrap } from './unwrap.ts';

const baseUrl = 'http://127.0.0.1:4101';
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

test('the token is read for each request, and the agent that is meant is named', async () => {
  const seen: (string | null)[][] = [];
  const tokens = ['first', undefined, 'second'];
  const client = createClient({
    baseUrl,
    agent: 'research',
    token: () => tokens[seen.length],
    fetch: ({ url, headers }) => {
      seen.push([new URL(url).pathname, headers.get('authorization'), headers.get('xmtp-agent')]);
      return Promise.resolve(json(200, { ok: true }));
    },
  });
  for (const _ of tokens) await client.GET('/healthz');
  expect(seen).toEqual([
    ['/healthz', 'Bearer first', 'research'],
    ['/healthz', null, 'research'],
    ['/healthz', 'Bearer second', 'research'],
  ]);
});

test('unwrap gives the data, or throws what the server said', async () => {
  const problem = { ok: false, type: 'urn:x', title: 'Conflict', status: 409, code: 'LOOP_GUARD', detail: 'Too fast.' };
  const answers = [
    json(200, { ok: true }),
    json(429, problem, { 'retry-after': '7' }),
    new Response('<html>', { status: 502 }),
  ];
  const client = createClient({ baseUrl, fetch: () => Promise.resolve(answers.shift()!) });
  expect(await unwrap(client.GET('/healthz'))).toEqual({ ok: true });
  const asked = unwrap(client.GET('/xmtp/status'));
  await expect(asked).rejects.toBeInstanceOf(RequestError);
  await expect(asked).rejects.toMatchObject({
    code: 'LOOP_GUARD',
    status: 429,
    retryable: true,
    retryAfterSeconds: 7,
    problem,
  });
  await expect(unwrap(client.GET('/xmtp/status'))).rejects.toMatchObject({
    code: 'HTTP_ERROR',
    status: 502,
    problem: null,
    message: 'The server answered 502, and no problem document.',
  });
});

test('events are read however they are cut, until they end or nobody wants them any more', async () => {
  const stream =
    'retry: 1000\n\n: still here\n\nid: 3\nevent: message\ndata: {"seq":3,"text":"grüß"}\n\nid: 4\nevent: record\ndata: {"seq":4}\n\n';
  const bytes = new TextEncoder().encode(stream);
  const asked: string[] = [];
  const client = createClient({
    baseUrl,
    fetch: ({ url }) => {
      asked.push(url);
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          for (let at = 0; at < bytes.length; at += 5) controller.enqueue(bytes.slice(at, at + 5));
          if (asked.length === 1) controller.close();
        },
      });
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    },
  });
  const stop = new AbortController();
  const events: MailboxEvent[] = [];
  for await (const event of readEvents(client, { after: 2, signal: stop.signal })) events.push(event);
  expect(events).toEqual([
    { seq: 3, type: 'message', message: { seq: 3, text: 'grüß' } },
    { seq: 4, type: 'record', message: { seq: 4 } },
  ]);
  for await (const { seq } of readEvents(client, { signal: stop.signal })) if (seq === 4) break;
  expect(asked).toEqual([`${baseUrl}/xmtp/events?after=2`, `${baseUrl}/xmtp/events`]);
});

test('a stream that is given up before it has begun ends, as one does that has', async () => {
  const client = createClient({
    baseUrl,
    fetch: ({ signal }) =>
      new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason as Error);
        else signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  });
  const stop = new AbortController();
  const waiting = readEvents(client, { signal: stop.signal }).next();
  stop.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await readChanges(client, { signal: stop.signal }).next()).toEqual({ done: true, value: undefined });
});

test('a server may be under a path, and a token may take its time or be empty', async () => {
  const seen: (string | null)[] = [];
  const ask = async (base: string, token: () => Promise<string>) => {
    const fetch = ({ url, headers }: Request) => {
      seen.push(url, headers.get('authorization'));
      return Promise.resolve(json(200, { ok: true }));
    };
    await createClient({ baseUrl: base, token, fetch }).GET('/healthz');
  };
  await ask(`${baseUrl}/agents/research`, async () => 'late');
  await ask(`${baseUrl}/agents/research/`, async () => '');
  expect(seen).toEqual([
    `${baseUrl}/agents/research/healthz`,
    'Bearer late',
    `${baseUrl}/agents/research/healthz`,
    null,
  ]);
});

test('a stream that is refused says why', async () => {
  const problem = { ok: false, status: 503, code: 'TOO_MANY_LISTENERS', detail: '32 listeners are connected already.' };
  const client = createClient({ baseUrl, fetch: () => Promise.resolve(json(503, problem)) });
  const events = readEvents(client, { signal: new AbortController().signal });
  await expect(events.next()).rejects.toMatchObject({ code: 'TOO_MANY_LISTENERS', status: 503 });
});
