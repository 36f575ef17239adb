import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createFaults } from '../faults/create-faults.ts';
import { GrpcError } from '../grpc-error.ts';
import { createQuotas } from '../limits/create-quotas.ts';
import { createByteBudget } from './create-byte-budget.ts';
import { createClientRegistry } from './create-client-registry.ts';
import { type CallLogEntry, createDispatcher } from './create-dispatcher.ts';
import type { Route } from './create-routes.ts';
import { createFrame, maxMessageBytes } from './create-frame.ts';
import { startGrpcServer } from './start-grpc-server.ts';

const megabyte = 1024 * 1024;

/** A server with three calls: one echoes, one never answers, one answers a megabyte at a time without an end. */
async function start({ idleMs, maxBytes = 100 * megabyte }: { idleMs?: number; maxBytes?: number } = {}) {
  const calls: CallLogEntry[] = [];
  const state = { aborted: 0, pulled: 0 };
  const never: Route['unary'] = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        state.aborted++;
        reject(new GrpcError('CANCELLED', 'gone'));
      });
    });
  const endless: Route['stream'] = async function* (_, { signal }) {
    for (; !signal.aborted; state.pulled++) yield Buffer.alloc(megabyte);
  };
  const echo: Route['unary'] = (request) => {
    if (request.length === 0) throw new GrpcError('NOT_FOUND', 'ünknown\r\n\ud800 100%');
    return Promise.resolve(request);
  };
  const route = (method: string, unary = echo, streaming = false): Route => ({
    path: `/test/${method}`,
    method,
    streaming,
    unary,
    stream: endless,
  });
  const budget = createByteBudget(maxBytes);
  const dispatcher = createDispatcher({
    faults: createFaults({ plan: {}, now: Date.now }),
    quotas: createQuotas({ limits: {}, now: Date.now }),
    clients: createClientRegistry(),
    onCall: (entry) => void calls.push(entry),
    onUnexpected: (error) => expect.unreachable(String(error)),
  });
  const routes = [route('Echo'), route('Never', never), route('Endless', echo, true)];
  const server = await startGrpcServer({ routes, dispatcher, budget, host: '127.0.0.1', port: 0, idleMs });
  const session = connect(`http://127.0.0.1:${server.port}`, { maxSessionMemory: 1_000 });
  session.on('error', () => {});
  await once(session, 'connect');
  onTestFinished(async () => {
    session.destroy();
    await server.close(0);
  });
  /** Refused until every call but this one has given back what it held. */
  const takeAll = () => {
    const lease = budget.open();
    try {
      lease.take(maxBytes - 16 * 1024);
    } finally {
      lease.release();
    }
  };
  return { server, session, calls, state, takeAll };
}

const open = (session: ClientHttp2Session, method: string, headers: Record<string, string> = {}) => {
  const stream = session.request({
    ':method': 'POST',
    ':path': `/test/${method}`,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  stream.on('error', () => {});
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  let status: Record<string, unknown> = {};
  stream.on('response', (received) => (status = { ...status, ...received }));
  stream.on('trailers', (received) => (status = { ...status, ...received }));
  const closed = once(stream, 'close').then(() => ({ status, body: Buffer.concat(chunks), rst: stream.rstCode }));
  return { stream, closed };
};

const ask = async (session: ClientHttp2Session, method: string, body: Buffer, headers?: Record<string, string>) => {
  const { stream, closed } = open(session, method, headers);
  stream.end(body);
  const { status, body: answer } = await closed;
  return { code: status['grpc-status'], message: status['grpc-message'], http: status[':status'], answer };
};

test('messages larger than every window, and in pieces of one byte, arrive whole', async () => {
  const { session, takeAll } = await start();
  const big = createFrame(0, Buffer.alloc(9 * megabyte, 'xyz'));
  const { code, answer } = await ask(session, 'Echo', big);
  expect([code, answer.equals(big)]).toEqual(['0', true]);
  const small = createFrame(0, Buffer.from('in pieces'));
  const { stream, closed } = open(session, 'Echo');
  for (const byte of small) await new Promise((resolve) => stream.write(Buffer.of(byte), resolve));
  stream.end();
  expect((await closed).body).toEqual(small);
  await expect.poll(takeAll).toBeUndefined();
});

test('compressed messages are understood, and what unpacks to too much, or not at all, is refused', async () => {
  const { session, takeAll } = await start();
  const text = Buffer.from('text');
  const bomb = gzipSync(Buffer.alloc(maxMessageBytes + 1));
  const cases = [
    { encoding: 'gzip', payload: gzipSync(text), code: '0' },
    { encoding: 'deflate', payload: deflateSync(text), code: '0' },
    { encoding: 'gzip', payload: bomb, code: '8' },
    { encoding: 'gzip', payload: text, code: '13' },
    { encoding: 'identity', payload: text, code: '13' },
    { encoding: 'constructor', payload: text, code: '12' },
  ];
  for (const { encoding, payload, code } of cases) {
    const result = await ask(session, 'Echo', createFrame(1, payload), { 'grpc-encoding': encoding });
    expect(result.code, encoding).toBe(code);
    expect(result.answer).toEqual(code === '0' ? createFrame(0, text) : Buffer.alloc(0));
  }
  await expect.poll(takeAll).toBeUndefined();
});

test('what is no gRPC call is told so, and unknown calls are in the log', async () => {
  const { session, calls } = await start();
  expect(await ask(session, 'Echo', Buffer.alloc(0), { 'content-type': 'text/html' })).toMatchObject({ http: 415 });
  expect(await ask(session, 'Echo', Buffer.of(2, 0, 0, 0, 0))).toMatchObject({ code: '13' });
  expect(await ask(session, 'Echo', Buffer.of(0, 0))).toMatchObject({ code: '13' });
  expect(await ask(session, 'Echo', Buffer.of(0, 255, 255, 255, 255))).toMatchObject({ code: '8' });
  expect(await ask(session, 'Echo', createFrame(0, Buffer.alloc(0)))).toMatchObject({
    code: '5',
    message: encodeURIComponent('ünknown\r\n\ufffd 100%'),
  });
  expect(await ask(session, `Nothing${'x'.repeat(500)}`, createFrame(0, Buffer.alloc(0)))).toMatchObject({
    code: '12',
  });
  expect(calls.at(-1)).toMatchObject({
    method: expect.stringMatching(/^\/test\/Nothingx{180,}$/),
    code: 'UNIMPLEMENTED',
  });
  expect(calls.at(-1)!.method.length).toBeLessThanOrEqual(200);
});

test('bytes that are no HTTP/2 end their connection and nothing else', async () => {
  const { server, session } = await start();
  for (const bytes of [
    'GET / HTTP/1.1\r\n\r\n',
    '\0'.repeat(5_000),
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff',
  ]) {
    const socket = connectTcp(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    socket.end(bytes, 'latin1');
    await once(socket, 'close');
  }
  expect(await ask(session, 'Echo', createFrame(0, Buffer.from('a')))).toMatchObject({ code: '0' });
});

test('a client that keeps its side open is answered, and let go later', async () => {
  const { session, takeAll } = await start({ idleMs: 50 });
  const answered = open(session, 'Echo');
  answered.stream.write(createFrame(0, Buffer.from('half')));
  expect(await answered.closed).toMatchObject({ status: { 'grpc-status': '0' }, rst: constants.NGHTTP2_NO_ERROR });
  const unfinished = open(session, 'Echo');
  unfinished.stream.write(Buffer.of(0, 0, 0, 0, 9));
  expect(await unfinished.closed).toMatchObject({ rst: constants.NGHTTP2_CANCEL });
  await expect.poll(takeAll).toBeUndefined();
});

test('clients that send without an end hold no more than the budget', async () => {
  const { session, takeAll } = await start({ maxBytes: 4 * megabyte });
  const body = Buffer.alloc(megabyte);
  body.writeUInt32BE(maxMessageBytes, 1);
  const hoarding = Array.from({ length: 8 }, () => open(session, 'Echo').stream);
  const refused = Promise.race(hoarding.map((stream) => once(stream, 'response')));
  for (const stream of hoarding) stream.write(body);
  expect((await refused)[0]).toMatchObject({ 'grpc-status': '8' });
  for (const stream of hoarding) stream.close(constants.NGHTTP2_CANCEL);
  await expect.poll(takeAll).toBeUndefined();
  expect(await ask(session, 'Echo', createFrame(0, Buffer.from('a')))).toMatchObject({ code: '0' });
});

test('a subscriber that does not read stops the pump', async () => {
  const { session, state, takeAll } = await start();
  const { stream } = open(session, 'Endless');
  stream.pause();
  stream.end(createFrame(0, Buffer.alloc(0)));
  const [headers] = (await once(stream, 'response')) as [Record<string, string>];
  expect(headers['subscribed']).toBe('true');
  // Another call over the same connection has its turn, so that the pump had time to run on.
  for (let turn = 0; turn < 20; turn++) await ask(session, 'Echo', createFrame(0, Buffer.from('a')));
  expect(state.pulled).toBeLessThan(5);
  stream.close(constants.NGHTTP2_CANCEL);
  await expect.poll(takeAll).toBeUndefined();
});

test('a deadline that passes and a client that leaves end the work', async () => {
  const { session, state, calls } = await start();
  const question = createFrame(0, Buffer.from('a'));
  expect(await ask(session, 'Never', question, { 'grpc-timeout': '20m' })).toMatchObject({ code: '4' });
  expect(await ask(session, 'Echo', question, { 'grpc-timeout': '99999999H' })).toMatchObject({ code: '0' });
  const { stream } = open(session, 'Never');
  stream.end(question);
  // The echo comes back only after the request before it was read.
  await ask(session, 'Echo', question);
  stream.close(constants.NGHTTP2_CANCEL);
  await expect.poll(() => state.aborted).toBe(2);
  expect(calls.filter(({ code }) => code === 'CANCELLED')).toHaveLength(2);
});

test('closing says GOAWAY, lets a call end within the grace, and cuts those that do not; pings are answered', async () => {
  const { server, session } = await start();
  await expect(new Promise((resolve) => session.ping((error) => resolve(error)))).resolves.toBeNull();
  const { stream, closed } = open(session, 'Never', { 'grpc-timeout': '30S' });
  stream.end(createFrame(0, Buffer.from('a')));
  await ask(session, 'Echo', createFrame(0, Buffer.from('a')));
  const goaway = once(session, 'goaway');
  const closing = server.close(30);
  await goaway;
  expect((await closed).status).not.toMatchObject({ 'grpc-status': '0' });
  await closing;
});
