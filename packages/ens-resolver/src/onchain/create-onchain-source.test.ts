import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { encodeAddress, startChain } from '../../test/chain-stand-in.ts';
import { json } from '../../test/web3bio-stand-in.ts';
import { createOnchainSource } from './create-onchain-source.ts';
import { exchangeByNode } from './exchange-by-node.ts';
import { type OnchainOptions, readOnchainOptions } from './onchain-options.ts';
import { createRequestGateway } from './create-request-gateway.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

async function setUp(options: Partial<OnchainOptions> = {}) {
  const chain = await startChain();
  const config = readOnchainOptions({ rpcUrl: `${chain.url}/v2/secret-key`, ...options });
  const source = createOnchainSource(config, createRequestGateway(exchangeByNode));
  const lookup = (name = 'vitalik.eth', signal = new AbortController().signal) => source.lookup(name, signal);
  return { chain, source, lookup };
}

async function startGateway(listener: RequestListener, onConnection = () => {}): Promise<string> {
  const server = createServer(listener).on('connection', onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('the Universal Resolver gives the address', async () => {
  const { chain, lookup } = await setUp();
  chain.names.set('vitalik.eth', { address });
  expect(await lookup()).toEqual({ address, source: 'onchain' });
  expect(chain.calls).toEqual(['vitalik.eth']);
});

test.each([
  ['an unregistered name', undefined, 'NOT_FOUND', false],
  ['a zero address', { address: `0x${'0'.repeat(40)}` as const }, 'NO_ADDRESS', true],
  ['a resolver without addresses', { revert: 'UnsupportedResolverProfile' as const }, 'NO_ADDRESS', true],
  ['a resolver that fails', { revert: 'ResolverError' as const }, 'UPSTREAM_ERROR', true],
  ['a gateway that fails', { revert: 'HttpError' as const }, 'UPSTREAM_ERROR', true],
  ['a gateway without the name', { revert: 'HttpError' as const, status: 404 }, 'NOT_FOUND', false],
])('%s is %s', async (_, record, code, retryable) => {
  const { chain, lookup } = await setUp();
  if (record !== undefined) chain.names.set('vitalik.eth', record);
  await expect(lookup()).rejects.toMatchObject({ code, retryable, source: 'onchain' });
});

test('a node of another chain is not believed', async () => {
  const { chain, lookup } = await setUp();
  chain.chainId = 8453;
  chain.names.set('vitalik.eth', { address });
  await expect(lookup()).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
});

test.each([
  [401, 'UNAUTHORIZED'],
  [429, 'RATE_LIMITED'],
  [500, 'UPSTREAM_ERROR'],
])('a node that answers %i is %s, and the key in its URL is shown nowhere', async (status, code) => {
  const { chain, lookup } = await setUp();
  chain.override = (response) => json(response, status, { error: 'secret-key' });
  const error: unknown = await lookup().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-key');
});

test('a node that redirects is not followed', async () => {
  const { chain, lookup } = await setUp();
  const other = await startChain();
  chain.override = (response) => response.writeHead(307, { location: other.url }).end();
  await expect(lookup()).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
  expect(other.calls).toEqual([]);
});

test('a node that hangs is TIMEOUT', async () => {
  const { chain, lookup } = await setUp({ timeoutMs: 50 });
  chain.override = () => {};
  await expect(lookup()).rejects.toMatchObject({ code: 'TIMEOUT' });
});

test('an abort ends the request', async () => {
  const { chain, lookup } = await setUp();
  const state = { asked: false, closed: false };
  chain.override = (response) => {
    state.asked = true;
    response.on('close', () => {
      state.closed = true;
    });
  };
  const controller = new AbortController();
  const asked = lookup('vitalik.eth', controller.signal).catch((error: unknown) => error);
  await waitFor(() => state.asked);
  controller.abort();
  expect(await asked).toMatchObject({ name: 'AbortError' });
  await waitFor(() => state.closed, { what: 'the end of the connection' });
});

test('a name behind a gateway is resolved when gateways are allowed', async () => {
  const { chain, lookup } = await setUp({ gateways: 'any' });
  const seen: string[] = [];
  const gateway = await startGateway((request, response) => {
    seen.push(`${request.method} ${request.url?.slice(0, 44)}`);
    json(response, 200, { data: encodeAddress(address) });
  });
  chain.names.set('off.eth', { gateways: [`${gateway}/{sender}/{data}.json`] });
  expect(await lookup('off.eth')).toEqual({ address, source: 'onchain' });
  chain.names.set('post.eth', { gateways: ['not a url', gateway] });
  expect(await lookup('post.eth')).toEqual({ address, source: 'onchain' });
  expect(seen).toEqual(['GET /0x1111111111111111111111111111111111111111/', 'POST /']);
});

test.each([
  'http://127.0.0.1:{port}/{data}',
  'https://127.0.0.1:{port}/{data}',
  'https://[::1]:{port}/{data}',
  'https://0x7f.1:{port}/{data}',
  'https://localhost:{port}/{data}',
  'https://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
])('a contract cannot make us connect to %s', async (template) => {
  const { chain, lookup } = await setUp();
  let connections = 0;
  const gateway = await startGateway(
    (_, response) => response.end(),
    () => {
      connections++;
    },
  );
  const { port } = new URL(gateway);
  chain.names.set('evil.eth', { gateways: [template.replace('{port}', port)] });
  await expect(lookup('evil.eth')).rejects.toMatchObject({ code: 'GATEWAY_REFUSED', retryable: false });
  expect(connections).toBe(0);
});

test('a name behind a gateway fails when gateways are switched off', async () => {
  const { chain, lookup } = await setUp({ gateways: 'none' });
  chain.names.set('off.eth', { gateways: ['https://gateway.example'] });
  await expect(lookup('off.eth')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
});

test.each([
  ['too much data', (): string => `0x${'00'.repeat(2_000)}`],
  ['no hex', (): string => JSON.stringify({ data: 'hello' })],
  ['no JSON', (): string => '<html>'],
])('a gateway that answers with %s is a failure of the name', async (_, body) => {
  const { chain, lookup } = await setUp({ gateways: 'any', maxBytes: 1_000 });
  const gateway = await startGateway((_request, response) => response.end(body()));
  chain.names.set('off.eth', { gateways: [gateway] });
  await expect(lookup('off.eth')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
});

test('a gateway that redirects is not followed', async () => {
  const { chain, lookup } = await setUp({ gateways: 'any' });
  let followed = false;
  const target = await startGateway((_, response) => {
    followed = true;
    response.end(encodeAddress(address));
  });
  const gateway = await startGateway((_, response) => response.writeHead(302, { location: target }).end());
  chain.names.set('off.eth', { gateways: [gateway] });
  await expect(lookup('off.eth')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
  expect(followed).toBe(false);
});

test('the primary name of an address, and none', async () => {
  const { chain, source } = await setUp();
  const { signal } = new AbortController();
  expect(await source.reverse(address, signal)).toBeNull();
  chain.primary.set(address.toLowerCase(), 'vitalik.eth');
  expect(await source.reverse(address, signal)).toBe('vitalik.eth');
  chain.primary.set(address.toLowerCase(), false);
  expect(await source.reverse(address, signal)).toBeNull();
});

test.each([
  [{ rpcUrl: 'http://node.example/secret-key' }],
  [{ rpcUrl: 'secret-key' }],
  [{ rpcUrl: 'https://user:secret-key@node.example' }],
  [{ rpcUrl: 'https://node.example', universalResolver: '0x12' as const }],
  [{ rpcUrl: 'https://node.example', timeoutMs: 0 }],
])('%o is refused without showing the URL', (options) => {
  expect(() => readOnchainOptions(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  expect(() => readOnchainOptions(options)).not.toThrow(/secret-key/);
});
