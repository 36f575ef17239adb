import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createVirtualTime } from '../../test/virtual-time.ts';
import { json, profile, startWeb3Bio } from '../../test/web3bio-stand-in.ts';
import { createWeb3BioClient } from './create-web3bio-client.ts';
import { readWeb3BioOptions, type Web3BioOptions } from './web3bio-options.ts';

const address = '0xd8da6bf26964af9d7eed9e03e53415d37aa96045';

async function setUp(options: Web3BioOptions = {}) {
  const server = await startWeb3Bio();
  server.profiles.set('ens/vitalik.eth', profile('vitalik.eth', address));
  const config = readWeb3BioOptions({ baseUrl: server.url, patienceMs: 0, ...options });
  const time = createVirtualTime();
  const client = createWeb3BioClient(config, { now: () => 0, random: () => 0, time });
  const get = (name = 'vitalik.eth', signal = new AbortController().signal) =>
    client.get(['ns', 'ens', name], name, signal);
  const answer = (reply: (response: ServerResponse) => void) => {
    server.override = (_, response) => {
      reply(response);
      return true;
    };
  };
  return { server, get, answer, time };
}

test('gets the body of one platform route', async () => {
  const { server, get } = await setUp();
  expect(JSON.parse(await get())).toMatchObject({ identity: 'vitalik.eth', address });
  expect(server.requests[0]?.path).toBe('/ns/ens/vitalik.eth');
  expect(server.requests[0]?.headers['x-api-key']).toBeUndefined();
});

test('a path in the base URL is kept, and names are escaped', async () => {
  const { server } = await setUp();
  const config = readWeb3BioOptions({ baseUrl: `${server.url}/proxy/`, patienceMs: 0 });
  const client = createWeb3BioClient(config, { now: () => 0, random: () => 0 });
  await expect(client.get(['ns', 'ens', '👻/?#.eth'], 'x', new AbortController().signal)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(server.requests[0]?.path).toBe('/proxy/ns/ens/%F0%9F%91%BB%2F%3F%23.eth');
});

test('404 means not known, whatever the body says', async () => {
  const { get, answer } = await setUp();
  await expect(get('nobody.eth')).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });
  answer((response) => response.writeHead(404).end('<html>'));
  await expect(get()).rejects.toMatchObject({ code: 'NOT_FOUND', retryable: false });
});

test('a wrong key is refused for every name, and shown nowhere', async () => {
  const { get } = await setUp({ apiKey: 'bad-key' });
  const error: unknown = await get().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'UNAUTHORIZED', status: 403, retryable: false });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('bad-key');
});

test.each([401, 403])('a %i without a key does not speak of correcting one', async (status) => {
  const { get, answer } = await setUp();
  answer((response) => response.writeHead(status).end('<html>'));
  const error: unknown = await get().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'UNAUTHORIZED', status });
  expect(String(error)).toMatch(/without an API key[^]*Set an API key/);
  expect(String(error)).not.toMatch(/Correct the key/);
});

test('a good key is sent', async () => {
  const { server, get } = await setUp({ apiKey: 'good-key' });
  await get();
  expect(server.requests[0]?.headers['x-api-key']).toBe('Bearer good-key');
});

test.each([301, 302, 303, 307, 308])('a %i to elsewhere is not followed, so the key stays here', async (status) => {
  const { get, answer } = await setUp({ apiKey: 'good-key' });
  const other = await startWeb3Bio();
  answer((response) => response.writeHead(status, { location: `${other.url}/ns/ens/vitalik.eth` }).end());
  await expect(get()).rejects.toMatchObject({ code: 'REDIRECT_REFUSED', status });
  expect(other.requests).toEqual([]);
});

test('20 MB are not read to the end', async () => {
  const { get, answer } = await setUp();
  let sent = 0;
  answer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const block = Buffer.alloc(65_536, 32);
    const pump = () => {
      while (sent < 20_000_000 && !response.destroyed) {
        sent += block.length;
        if (response.write(block)) continue;
        response.once('drain', pump);
        return;
      }
      response.end();
    };
    pump();
  });
  await expect(get()).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
  expect(sent).toBeLessThan(10_000_000);
});

test('a gzip bomb is cut off by its unpacked size', async () => {
  const { get, answer } = await setUp();
  const bomb = gzipSync(Buffer.alloc(50_000_000, 32));
  answer((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
  await expect(get()).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
});

test('a body that drips is cut off by the clock', async () => {
  const { get, answer } = await setUp({ timeoutMs: 100 });
  answer((response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(timer));
  });
  await expect(get()).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true });
});

test('an abort ends the request', async () => {
  const { server, get, answer } = await setUp();
  let closed = false;
  answer((response) => response.on('close', () => (closed = true)));
  const controller = new AbortController();
  const asked = get('vitalik.eth', controller.signal).catch((error: unknown) => error);
  await waitFor(() => server.requests.length === 1);
  controller.abort();
  expect(await asked).toMatchObject({ code: 'ABORTED' });
  await waitFor(() => closed, { what: 'the end of the connection' });
});

test('429 without Retry-After counts as ten seconds, and stops other requests before they are sent', async () => {
  const { server, get, answer } = await setUp({ patienceMs: 1_000 });
  answer((response) => json(response, 429, { error: '429 Too Many Requests. Please slow down.' }));
  await expect(get()).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    status: 429,
    retryAfterMs: 10_000,
    retryable: true,
  });
  await expect(get('other.eth')).rejects.toMatchObject({ code: 'RATE_LIMITED', status: undefined });
  expect(server.requests).toHaveLength(1);
});

test('a Retry-After of a year is taken as five minutes', async () => {
  const { get, answer } = await setUp();
  answer((response) => json(response, 429, {}, { 'retry-after': '31536000' }));
  await expect(get()).rejects.toMatchObject({ retryAfterMs: 300_000 });
});

test('a short Retry-After is waited for', async () => {
  const { server, get, answer, time } = await setUp({ patienceMs: 3_000 });
  answer((response) => {
    server.override = null;
    json(response, 429, {}, { 'retry-after': '1' });
  });
  expect(await get()).toContain(address);
  expect(server.requests).toHaveLength(2);
  expect(time.waits).toEqual([1_000]);
});

test.each([500, 502, 503])('%i is tried again, and then reported', async (status) => {
  const { server, get, answer } = await setUp({ patienceMs: 5_000, retries: 1 });
  answer((response) => {
    server.override = null;
    json(response, status, {});
  });
  expect(await get()).toContain(address);
  answer((response) => json(response, status, {}));
  await expect(get()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', status, retryable: true });
  expect(server.requests).toHaveLength(4);
});

test('400 is final', async () => {
  const { server, get, answer } = await setUp({ patienceMs: 5_000 });
  answer((response) => json(response, 400, {}));
  await expect(get()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', retryable: false });
  expect(server.requests).toHaveLength(1);
});

test('a connection that breaks is a failure of the source', async () => {
  const { get, answer } = await setUp();
  answer((response) => response.destroy());
  await expect(get()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true });
});

test('the budget spreads requests, and refuses at once what would wait too long', async () => {
  const { server, get, time } = await setUp({ budget: { requests: 2, intervalMs: 400 }, patienceMs: 500 });
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => get()));
  expect(results.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 4 }, () => 'fulfilled'),
    'rejected',
    'rejected',
  ]);
  expect(results.at(-1)).toMatchObject({ reason: { code: 'RATE_LIMITED', status: undefined } });
  expect(time.waits).toEqual([400, 400]);
  expect(server.requests).toHaveLength(4);
});

test('who gives up while waiting gives the place back', async () => {
  const { server, get } = await setUp({ budget: { requests: 1, intervalMs: 400 }, patienceMs: 600 });
  await get();
  const controller = new AbortController();
  const waiting = get('vitalik.eth', controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(await get()).toContain(address);
  expect(server.requests).toHaveLength(2);
});

test('a 429 to one caller also holds up those who had their turn already', async () => {
  const { server, get, answer, time } = await setUp({
    budget: { requests: 1, intervalMs: 50 },
    patienceMs: 5_000,
    retries: 0,
  });
  answer((response) => {
    server.override = null;
    json(response, 429, {}, { 'retry-after': '1' });
  });
  const refused = get();
  time.until = () => refused.catch(() => undefined);
  const [first, second] = await Promise.allSettled([refused, get()]);
  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'RATE_LIMITED' } });
  expect(second.status).toBe('fulfilled');
  expect(server.requests).toHaveLength(2);
  expect(time.waits).toEqual([50, 950]);
});
