import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { waitFor } from '@xmtp-messaging/testing';
import { type ICreateToxicBody, type Proxy, type Toxic, Toxiproxy } from 'toxiproxy-node-client';
import { expect, onTestFinished, test } from 'vitest';
import { startToxiproxy } from './start-toxiproxy.ts';

const host = '127.0.0.1';

/** Toxiproxy before a server that says back what it hears, and the client that people use. */
async function startEcho() {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const toxiproxy = await startToxiproxy({ host, port: 0, ports: { grpc: port, web: port, history: port } });
  onTestFinished(async () => {
    await toxiproxy.close();
    server.close();
  });
  const url = `http://${host}:${toxiproxy.port}`;
  const client = new Toxiproxy(url);
  return { url, client, upstream: `${host}:${port}`, proxy: await client.get('node-go') };
}

function open(proxy: Proxy) {
  const socket: Socket = connect(Number(proxy.listen.split(':').at(-1)), host);
  onTestFinished(() => void socket.destroy());
  const heard = { bytes: Buffer.alloc(0), pieces: 0, error: null as string | null };
  socket.on('data', (data) => {
    heard.bytes = Buffer.concat([heard.bytes, data]);
    heard.pieces += 1;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => (heard.error = error.code ?? 'unknown'));
  const closed = once(socket, 'close');
  closed.catch(() => {});
  return { socket, heard, closed };
}

const hears = (heard: { bytes: Buffer }, text: string) =>
  waitFor(() => heard.bytes.toString() === text, { what: `the answer ${text}` });

const addToxic = <T>(proxy: Proxy, body: Partial<ICreateToxicBody<T>>): Promise<Toxic<T>> =>
  proxy.addToxic(body as ICreateToxicBody<T>);

test("XMTP's proxies are there, and carry bytes until they are disabled", async () => {
  const { client, proxy } = await startEcho();
  expect(Object.keys(await client.getAll())).toEqual(['node-go', 'grpc-web', 'history-server']);
  const before = open(proxy);
  before.socket.write('hello');
  await hears(before.heard, 'hello');
  const down = await proxy.update({ ...proxy.toJson(), enabled: false });
  await before.closed;
  const refused = open(proxy);
  await refused.closed.catch(() => {});
  expect(refused.heard.error).toBe('ECONNREFUSED');
  const up = await down.update({ ...down.toJson(), enabled: true });
  expect(up.listen).toBe(proxy.listen);
  const after = open(up);
  after.socket.write('again');
  await hears(after.heard, 'again');
});

test('a toxic holds bytes back on connections that are open, and lets them go when it is removed or reset', async () => {
  const { client, proxy } = await startEcho();
  const { socket, heard } = open(proxy);
  socket.write('1');
  await hears(heard, '1');
  // Whoever writes later to another proxy is answered, and this one is not.
  const other = open(await client.get('grpc-web'));
  let rounds = '';
  const isHeld = async (expected: string) => {
    rounds += 'o';
    other.socket.write('o');
    await hears(other.heard, rounds);
    expect(heard.bytes.toString()).toBe(expected);
  };
  const latency = await addToxic(proxy, { type: 'latency', attributes: { latency: 3_600_000, jitter: 0 } });
  expect(latency.toJson()).toEqual({
    attributes: { latency: 3_600_000, jitter: 0 },
    name: 'latency_downstream',
    stream: 'downstream',
    toxicity: 1,
    type: 'latency',
  });
  socket.write('2');
  await isHeld('1');
  await latency.update({ ...latency.toJson(), attributes: { latency: 0, jitter: 0 } });
  await hears(heard, '12');
  await latency.remove();
  const stalled = await addToxic(proxy, { type: 'bandwidth', stream: 'upstream', attributes: { rate: 0 } });
  socket.write('3');
  await isHeld('12');
  await stalled.remove();
  await hears(heard, '123');
  await addToxic(proxy, { type: 'latency', attributes: { latency: 3_600_000 } });
  socket.write('4');
  await isHeld('123');
  await client.reset();
  await hears(heard, '1234');
  expect((await client.get('node-go')).toJson()).toEqual(proxy.toJson());
});

test('bytes come in slices, slowly, or only so many of them', async () => {
  const { proxy } = await startEcho();
  const slicer = await addToxic(proxy, { type: 'slicer', attributes: { average_size: 100, delay: 1_000 } });
  const sliced = open(proxy);
  sliced.socket.write('x'.repeat(1_000));
  await hears(sliced.heard, 'x'.repeat(1_000));
  expect(sliced.heard.pieces).toBeGreaterThan(1);
  await slicer.remove();

  await addToxic(proxy, { type: 'limit_data', attributes: { bytes: 7 } });
  const limited = open(proxy);
  limited.socket.write('1234');
  await hears(limited.heard, '1234');
  limited.socket.write('56789');
  await limited.closed;
  expect(limited.heard.bytes.toString()).toBe('1234567');
});

test('connections are left hanging, closed and reset', async () => {
  const { proxy } = await startEcho();
  const timeout = await addToxic(proxy, { type: 'timeout', attributes: { timeout: 0 } });
  const hanging = open(proxy);
  hanging.socket.write('lost');
  await timeout.update({ ...timeout.toJson(), attributes: { timeout: 1 } });
  await hanging.closed;
  expect(hanging.heard).toEqual({ bytes: Buffer.alloc(0), pieces: 0, error: null });
  await timeout.remove();

  await addToxic(proxy, { type: 'reset_peer', attributes: { timeout: 1 } });
  const reset = open(proxy);
  reset.socket.write('hello');
  await reset.closed.catch(() => {});
  expect(reset.heard.error).toBe('ECONNRESET');
});

test('a toxic of no connection does nothing, and a slow close is one', async () => {
  const { client, upstream } = await startEcho();
  const body = { name: 'mine', listen: 'localhost:0', upstream };
  const proxy = await client.createProxy(body);
  await addToxic(proxy, { type: 'timeout', toxicity: 0, attributes: { timeout: 1 } });
  const slow = await addToxic(proxy, { type: 'slow_close', attributes: { delay: 3_600_000 } });
  const { socket, heard, closed } = open(proxy);
  socket.write('said');
  await hears(heard, 'said');
  socket.end();
  await slow.remove();
  await closed;
  await proxy.remove();
  await expect(client.get('mine')).rejects.toThrow(/404/);
  const populated = await client.populate([{ ...body, enabled: true }]);
  expect(populated['mine']!.enabled).toBe(true);
});

test("mistakes are refused in toxiproxy's words, and pages in browsers altogether", async () => {
  const { url, client, upstream } = await startEcho();
  expect(JSON.parse(await client.getVersion())).toEqual({ version: '2.12.0' });
  const ask = async (path: string, body?: unknown, headers = {}) => {
    const method = body === undefined ? 'GET' : 'POST';
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) ?? null });
    return [response.status, (await response.json()) as { error: string; status: number }] as const;
  };
  const refused = (status: number, error: string) => [status, { error: expect.stringContaining(error), status }];
  expect(await ask('/proxies/none')).toEqual(refused(404, 'proxy not found'));
  expect(await ask('/proxies/node-go/toxics/none')).toEqual(refused(404, 'toxic not found'));
  expect(await ask('/proxies', { name: 'x' })).toEqual(refused(400, 'missing required field: upstream'));
  expect(await ask('/proxies', { name: 'node-go', upstream })).toEqual(refused(409, 'proxy already exists'));
  expect(await ask('/proxies', 7)).toEqual(refused(400, 'bad request body'));
  expect(await ask('/nothing')).toEqual(refused(404, 'not found'));
  const toxics = '/proxies/node-go/toxics';
  expect(await ask(toxics, { type: 'poison' })).toEqual(refused(400, 'invalid toxic type'));
  expect(await ask(toxics, { type: 'noop', stream: 'up' })).toEqual(refused(400, 'stream was invalid'));
  expect(await ask(toxics, { type: 'latency', attributes: { latency: 'x' } })).toEqual(
    refused(400, 'bad request body'),
  );
  const port = new URL(url).port;
  const taken = await ask('/proxies', { name: 'x', listen: `${host}:${port}`, upstream });
  expect(taken).toEqual(refused(500, 'cannot listen'));
  expect(await ask('/proxies', undefined, { origin: 'https://example.org' })).toEqual(refused(403, 'only programs'));
});
