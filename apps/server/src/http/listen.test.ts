import { connect, type Socket } from 'node:net';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryApp } from '../../test/memory-app.ts';
import { listen, type ListenOptions } from './listen.ts';

async function setUp(options: Partial<ListenOptions> = {}) {
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    fetch: async (request: Request) => new Response(String((await request.text()).length)),
    headersTimeoutMs: 100,
    requestTimeoutMs: 200,
    checkEveryMs: 20,
    ...options,
  });
  onTestFinished(() => listener.close({ timeoutMs: 0 }));
  return listener;
}

/** A raw client: what it writes, and what comes back until the server hangs up. */
function dial(port: number, text: string): { socket: Socket; said: () => string; ended: Promise<void> } {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (data) => {
    said += data.toString('latin1');
  });
  socket.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  socket.write(text);
  onTestFinished(() => void socket.destroy());
  return { socket, said: () => said, ended };
}

test.each([
  ['sends its headers too slowly', 'POST / HTTP/1.1\r\nhost: localhost\r\nx-slow:', '408'],
  ['sends its body too slowly', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf', '408'],
  ['sends too many headers', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, '431'],
  ['speaks no HTTP', 'hello?\r\n\r\n', '400'],
  [
    'frames a body in two ways',
    'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    '400',
  ],
  ['ends a chunk wrongly', 'POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', '400'],
  ['names no host', 'GET / HTTP/1.1\r\n\r\n', '400'],
])('a client that %s is cut off', async (_, text, status) => {
  const { port } = await setUp();
  const { said, ended } = dial(port, text);
  await ended;
  expect(said()).toMatch(new RegExp(`^HTTP/1.1 ${status} `, 'u'));
});

test('more connections than allowed are refused', async () => {
  const { port } = await setUp({ maxConnections: 2, headersTimeoutMs: 60_000, requestTimeoutMs: 60_000 });
  const open = [dial(port, 'GET'), dial(port, 'GET')];
  await waitFor(() => open.every(({ socket }) => !socket.connecting));
  await dial(port, 'GET').ended;
  expect(open.every(({ socket }) => !socket.destroyed)).toBe(true);
});

test('closing answers what is under way and cuts what takes too long', async () => {
  let answer = () => {};
  let asked = 0;
  const listener = await setUp({
    fetch: () => {
      asked += 1;
      return asked === 1
        ? new Promise<Response>((resolve) => (answer = () => resolve(new Response('done'))))
        : new Promise<Response>(() => {});
    },
  });
  const finishing = dial(listener.port, 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await waitFor(() => asked === 1);
  const stuck = dial(listener.port, 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await waitFor(() => asked === 2);
  const closed = listener.close({ timeoutMs: 100 });
  answer();
  await Promise.all([closed, finishing.ended, stuck.ended]);
  expect([finishing.said().endsWith('done'), stuck.said()]).toEqual([true, '']);
});

test('a port that is taken is a clear error', async () => {
  const { port } = await setUp();
  await expect(listen({ host: '127.0.0.1', port, fetch: () => new Response() })).rejects.toMatchObject({
    code: 'LISTEN_FAILED',
    shortMessage: `The server cannot listen on 127.0.0.1 port ${port} (EADDRINUSE).`,
  });
});

test('bodies in chunks are read, and limited like others', async () => {
  const app = await createMemoryApp();
  const { port } = await setUp({ fetch: app.fetch, headersTimeoutMs: 10_000, requestTimeoutMs: 10_000 });
  const post = (text: string) =>
    dial(
      port,
      `POST /xmtp/send HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`,
    );
  const sent = post(JSON.stringify({ to: 'bob.eth', message: 'in chunks' }));
  await sent.ended;
  expect(sent.said()).toMatch(/^HTTP\/1.1 200 /u);
  const large = post(JSON.stringify({ to: 'bob.eth', message: 'x'.repeat(5_000_000) }));
  await waitFor(() => large.said().includes('BODY_TOO_LARGE'));
  expect(large.said()).toMatch(/^HTTP\/1.1 413 /u);
});

test('a caller that hangs up is no failure of the server', async () => {
  const app = await createMemoryApp();
  app.mailbox.answerSends(
    ({ signal }) =>
      new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error))),
  );
  const { port } = await setUp({ fetch: app.fetch, headersTimeoutMs: 10_000, requestTimeoutMs: 10_000 });
  const body = JSON.stringify({ to: 'bob.eth', message: 'x' });
  const { socket } = dial(
    port,
    `POST /xmtp/send HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await waitFor(() => app.mailbox.sends.length === 1);
  socket.destroy();
  const log = await waitFor(() => app.log().includes('request-answered') && app.log());
  expect(log).toContain('"status":499');
  expect(log).not.toContain('request-failed');
});

test('nor is one that hangs up in the middle of its body', async () => {
  const app = await createMemoryApp();
  const { port } = await setUp({ fetch: app.fetch, headersTimeoutMs: 10_000, requestTimeoutMs: 10_000 });
  const head = 'POST /xmtp/send HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
  const { socket } = dial(port, `${head}content-length: 100\r\n\r\n{"to":`);
  await waitFor(() => !socket.connecting && socket.bytesWritten > 0);
  socket.destroy();
  const log = await waitFor(() => app.log().includes('request-answered') && app.log());
  expect(log).toContain('"status":499');
  expect(log).not.toContain('request-failed');
  expect(app.mailbox.sends).toEqual([]);
});

const globals = ['Request', 'Response'] as const;
/** Node's own, also where a test before, in the same process, was served by somebody who replaces them. */
const ownOf = (made: object): object => {
  const parent: object = Object.getPrototypeOf(made);
  return parent === Function.prototype ? made : ownOf(parent);
};

// Whoever embeds a server keeps the globals of the process.
test('answers are the same with lighter globals, and without being told nobody gets those', async () => {
  const before = globals.map((name) => Object.getOwnPropertyDescriptor(globalThis, name)!);
  onTestFinished(() => globals.forEach((name, index) => Object.defineProperty(globalThis, name, before[index]!)));
  for (const [index, name] of globals.entries()) {
    Object.defineProperty(globalThis, name, { ...before[index], value: ownOf(globalThis[name]) });
  }
  const { Request: was } = globalThis;
  const app = await createMemoryApp();
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const requests: [path: string, init?: RequestInit][] = [
    ['/healthz'],
    ['/healthz', { method: 'HEAD' }],
    ['/openapi.json'],
    ['/xmtp/status?wrong=1'],
    ['/nowhere', { method: 'POST', headers: json, body: '{"some":"words"}' }],
    ['/xmtp/send', { method: 'POST', headers: json, body: '{"to":"x","words":1}' }],
    ['/xmtp/send', { method: 'PUT', headers: json, body: '{}' }],
    ['/xmtp/messages?format=text'],
  ];
  const askAll = async (port: number) => {
    const answers = [];
    for (const [path, init] of requests) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, init);
      const { 'x-request-id': id, date, ...headers } = Object.fromEntries(answer.headers);
      expect(id).toMatch(/^[\w-]{36}$/u);
      expect(date).toBeDefined();
      answers.push({ path, status: answer.status, headers, text: (await answer.text()).replaceAll(id!, 'ID') });
    }
    return answers;
  };
  const patient = { fetch: app.fetch, headersTimeoutMs: 10_000, requestTimeoutMs: 10_000 };
  const plain = await askAll((await setUp(patient)).port);
  expect(globalThis.Request).toBe(was);
  const light = await askAll((await setUp({ ...patient, lightGlobals: true })).port);
  expect(globalThis.Request).not.toBe(was);
  expect(light).toEqual(plain);
  expect(plain.map(({ status }) => status)).toEqual([200, 200, 200, 422, 404, 422, 405, 200]);
});
