import { randomBytes as randomBuffer } from 'node:crypto';
import { createClient as createRpcClient, Code, type Interceptor, type Transport } from '@connectrpc/connect';
import { createGrpcTransport, createGrpcWebTransport, compressionGzip } from '@connectrpc/connect-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type GroupMessage, MlsApi, SortDirection } from '../src/gen/xmtp/mls/api/v1/mls_pb.ts';
import { createDevnet, type Devnet, type DevnetOptions } from '../src/index.ts';
import { createGroupMessage } from './payloads.ts';

/** Plain arrays: a Buffer never equals what a codec returns. */
const randomBytes = (size: number) => Uint8Array.from(randomBuffer(size));

type Connect = (network: Devnet) => Transport;
const grpc: Connect = ({ url }) => createGrpcTransport({ baseUrl: url });
const grpcWeb: Connect = ({ webUrl }) => createGrpcWebTransport({ baseUrl: webUrl, httpVersion: '1.1' });

async function start(options: DevnetOptions = {}, connect: Connect = grpc) {
  const network = await createDevnet(options);
  onTestFinished(() => network.close());
  const rpc = createRpcClient(MlsApi, connect(network));
  const send = (groupId: Uint8Array, count = 1) =>
    rpc.sendGroupMessages({
      messages: Array.from({ length: count }, () => ({
        version: { case: 'v1' as const, value: { data: createGroupMessage(groupId) } },
      })),
    });
  return { network, rpc, send };
}

const anyGroup = { groupIds: [Uint8Array.of(1)] };

const toIds = (messages: readonly GroupMessage[]) => messages.map(({ version }) => Number(version.value?.id));

describe.each([
  { name: 'gRPC', connect: grpc },
  { name: 'gRPC-Web', connect: grpcWeb },
])('over $name', ({ connect }) => {
  test('a stream opens at once, then carries history and what follows, without a seam', async () => {
    const { rpc, send } = await start({}, connect);
    const groupId = randomBytes(16);
    await send(groupId, 150);
    const ids: number[] = [];
    const closing = new AbortController();
    let headers: Headers | undefined;
    const stream = rpc.subscribeGroupMessages(
      { filters: [{ groupId, idCursor: 20n }] },
      { signal: closing.signal, onHeader: (received) => (headers = received) },
    );
    for await (const message of stream) {
      ids.push(...toIds([message]));
      if (ids.length === 1) await send(groupId, 30);
      if (ids.length === 160) break;
    }
    expect(headers?.get('subscribed')).toBe('true');
    expect(ids).toEqual(Array.from({ length: 160 }, (_, index) => index + 21));
    closing.abort();
  });

  test('errors carry their code and words', async () => {
    const { rpc } = await start({}, connect);
    await expect(rpc.sendGroupMessages({})).rejects.toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: 'no group messages to send',
    });
  });
});

test('headers of an empty stream come before any message', async () => {
  const { network } = await start();
  const response = await fetch(`${network.webUrl}/xmtp.mls.api.v1.MlsApi/SubscribeWelcomeMessages`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', origin: 'https://app.example' },
    body: Buffer.alloc(5),
  });
  expect(response.headers.get('subscribed')).toBe('true');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  await response.body?.cancel();
});

test('pages hold 100 at most, go both ways, and name a cursor only when they are full', async () => {
  const { rpc, send } = await start();
  const groupId = randomBytes(16);
  await send(groupId, 250);
  const read = async (direction: SortDirection, idCursor: bigint, limit = 0) => {
    const { messages, pagingInfo } = await rpc.queryGroupMessages({
      groupId,
      pagingInfo: { direction, limit, idCursor },
    });
    const ids = toIds(messages);
    return {
      first: ids[0],
      last: ids.at(-1),
      count: ids.length,
      cursor: Number(pagingInfo?.idCursor),
      limit: pagingInfo?.limit,
    };
  };
  const { ASCENDING, DESCENDING, UNSPECIFIED } = SortDirection;
  expect(await read(ASCENDING, 0n)).toEqual({ first: 1, last: 100, count: 100, cursor: 100, limit: 100 });
  expect(await read(ASCENDING, 200n)).toEqual({ first: 201, last: 250, count: 50, cursor: 0, limit: 100 });
  expect(await read(DESCENDING, 0n, 1_000)).toEqual({ first: 250, last: 151, count: 100, cursor: 151, limit: 100 });
  expect(await read(UNSPECIFIED, 51n, 50)).toEqual({ first: 50, last: 1, count: 50, cursor: 1, limit: 50 });
  expect(await read(ASCENDING, 2n ** 64n - 1n)).toMatchObject({ count: 0, cursor: 0 });
});

test('the newest message comes without its content unless asked for, in the order of the question', async () => {
  const { rpc, send } = await start();
  const [known, unknown] = [randomBytes(16), randomBytes(16)];
  await send(known, 3);
  const { responses } = await rpc.getNewestGroupMessage({ groupIds: [unknown, known] });
  expect(responses.map(({ groupMessage }) => groupMessage?.version.value?.id)).toEqual([undefined, 3n]);
  expect(responses[1]?.groupMessage?.version.value?.data).toHaveLength(0);
  const full = await rpc.getNewestGroupMessage({ groupIds: [known], includeContent: true });
  expect(full.responses[0]?.groupMessage?.version.value?.data.length).toBeGreaterThan(0);
});

test('a message published twice is one message; commits are marked; times differ', async () => {
  const { rpc } = await start({ now: () => 1_700_000_000_000 });
  const groupId = randomBytes(16);
  const message = { version: { case: 'v1' as const, value: { data: createGroupMessage(groupId) } } };
  const commit = { version: { case: 'v1' as const, value: { data: createGroupMessage(groupId, 'commit') } } };
  const proposal = { version: { case: 'v1' as const, value: { data: createGroupMessage(groupId, 'proposal') } } };
  await rpc.sendGroupMessages({ messages: [message, message, commit, proposal] });
  await rpc.sendGroupMessages({ messages: [message] });
  const { messages } = await rpc.queryGroupMessages({ groupId });
  expect(messages.map(({ version }) => version.value?.isCommit)).toEqual([false, true, false]);
  expect(messages[0]!.version.value!.createdNs).toBeGreaterThan(messages[1]!.version.value!.createdNs);
});

test('a welcome pointer comes back as a pointer', async () => {
  const { rpc } = await start();
  const installationKey = randomBytes(32);
  const pointer = {
    installationKey,
    welcomePointer: randomBytes(8),
    hpkePublicKey: randomBytes(32),
    wrapperAlgorithm: 2,
  };
  const welcome = {
    installationKey,
    data: randomBytes(8),
    hpkePublicKey: randomBytes(32),
    wrapperAlgorithm: 1,
    welcomeMetadata: randomBytes(4),
  };
  await rpc.sendWelcomeMessages({
    messages: [{ version: { case: 'welcomePointer', value: pointer } }, { version: { case: 'v1', value: welcome } }],
  });
  const { messages } = await rpc.queryWelcomeMessages({
    installationKey,
    pagingInfo: { direction: SortDirection.ASCENDING },
  });
  expect(messages.map(({ version }) => version.case)).toEqual(['welcomePointer', 'v1']);
  expect(messages[0]!.version.value).toMatchObject({ id: 1n, ...pointer });
  expect(messages[1]!.version.value).toMatchObject({ id: 2n, ...welcome });
});

test('the commit log takes 10 entries and answers 20 questions at a time', async () => {
  const { rpc } = await start();
  const groupId = randomBytes(16);
  const signature = { bytes: randomBytes(64), publicKey: randomBytes(32) };
  const entry = { groupId, serializedCommitLogEntry: randomBytes(20), signature };
  await rpc.batchPublishCommitLog({ requests: Array.from({ length: 10 }, () => entry) });
  const { responses } = await rpc.batchQueryCommitLog({ requests: Array.from({ length: 20 }, () => ({ groupId })) });
  expect(responses).toHaveLength(20);
  expect(responses[0]!.commitLogEntries).toHaveLength(10);
  expect(responses[0]!.commitLogEntries[0]).toMatchObject({ sequenceId: 1n, signature });
  const refused = { code: Code.InvalidArgument };
  await expect(rpc.batchPublishCommitLog({ requests: Array.from({ length: 11 }, () => entry) })).rejects.toMatchObject(
    refused,
  );
  await expect(
    rpc.batchQueryCommitLog({ requests: Array.from({ length: 21 }, () => ({ groupId })) }),
  ).rejects.toMatchObject(refused);
  const descending = { groupId, pagingInfo: { direction: SortDirection.DESCENDING } };
  await expect(rpc.batchQueryCommitLog({ requests: [descending] })).rejects.toMatchObject(refused);
});

test('limits hold: size of a message, calls per minute', async () => {
  const { rpc, send } = await start({ limits: { payloadBytes: 50, reads: { perMinute: 60, burst: 2 } } });
  await expect(send(randomBytes(16))).rejects.toMatchObject({ code: Code.InvalidArgument });
  const read = () => rpc.queryGroupMessages({ groupId: randomBytes(16) });
  await read();
  await read();
  await expect(read()).rejects.toMatchObject({ code: Code.ResourceExhausted, rawMessage: /rate limit/ });
});

test('deadlines are kept, gzip is understood, an oversized request is refused', async () => {
  const { network } = await start({ faults: { latency: [{ method: 'GetNewestGroupMessage', ms: 60_000 }] } });
  const rpc = createRpcClient(
    MlsApi,
    createGrpcTransport({ baseUrl: network.url, sendCompression: compressionGzip, compressMinBytes: 0 }),
  );
  await expect(rpc.getNewestGroupMessage(anyGroup, { timeoutMs: 30 })).rejects.toMatchObject({
    code: Code.DeadlineExceeded,
  });
  await rpc.queryGroupMessages({ groupId: randomBytes(16) });
  const plain = createRpcClient(MlsApi, grpc(network));
  const data = Buffer.alloc(51 * 1024 * 1024);
  const huge = plain.sendGroupMessages({ messages: [{ version: { case: 'v1', value: { data } } }] });
  await expect(huge).rejects.toThrow(/./);
  expect(network.stats().calls['SendGroupMessages']).toBeUndefined();
  await createRpcClient(MlsApi, grpc(network)).queryGroupMessages({ groupId: randomBytes(16) });
});

test('close ends open streams and leaves nothing listening', async () => {
  const { network, rpc } = await start();
  const stream = rpc.subscribeGroupMessages({ filters: [] })[Symbol.asyncIterator]();
  const next = stream.next().catch((error: unknown) => error);
  await expect.poll(() => network.stats().streams).toBe(1);
  await network.close();
  expect(await next).toMatchObject({ code: Code.Unavailable });
  await expect(fetch(network.historyUrl)).rejects.toThrow('fetch failed');
  await network.close();
});

test('a connection is known by the installation that it asks for, and is cut off by that name', async () => {
  const { network } = await start();
  const installationKey = randomBytes(32);
  const installationId = Buffer.from(installationKey).toString('hex');
  const connect = () => createRpcClient(MlsApi, grpc(network));
  const [querying, subscribing, bystander] = [connect(), connect(), connect()];
  await querying.queryWelcomeMessages({ installationKey });
  const stream = subscribing.subscribeWelcomeMessages({ filters: [{ installationKey }] })[Symbol.asyncIterator]();
  const next = stream.next().catch((error: unknown) => error);
  await expect.poll(() => network.stats().streams).toBe(1);
  network.faults.set({ partitions: [{ installationId }] });
  const cutOff = { code: Code.Unavailable, rawMessage: 'the client is cut off' };
  expect(await next).toMatchObject(cutOff);
  await expect(querying.getNewestGroupMessage(anyGroup)).rejects.toMatchObject(cutOff);
  await expect(subscribing.getNewestGroupMessage(anyGroup)).rejects.toMatchObject(cutOff);
  await bystander.getNewestGroupMessage(anyGroup);
  network.faults.set({ partitions: [{ installationId, mode: 'silence' }] });
  const unanswered = querying.getNewestGroupMessage(anyGroup, { timeoutMs: 30 });
  await expect(unanswered).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  network.faults.clear();
  await querying.getNewestGroupMessage(anyGroup);
});

test('a client that becomes known while it is cut off is cut off with all that it has open', async () => {
  const { network, rpc } = await start();
  const installationKey = randomBytes(32);
  network.faults.set({ partitions: [{ installationId: Buffer.from(installationKey).toString('hex') }] });
  const next = rpc.subscribeGroupMessages({ filters: [] })[Symbol.asyncIterator]().next();
  const streamed = next.catch((error: unknown) => error);
  await expect.poll(() => network.stats().streams).toBe(1);
  const cutOff = { code: Code.Unavailable, rawMessage: 'the client is cut off' };
  await expect(rpc.queryWelcomeMessages({ installationKey })).rejects.toMatchObject(cutOff);
  expect(await streamed).toMatchObject(cutOff);
});

test('a page is one client over all its connections, and another page is another', async () => {
  const { network } = await start();
  const installationKey = randomBytes(32);
  const open = (appVersion: string) => {
    const name: Interceptor = (next) => (request) => {
      request.header.set('x-app-version', appVersion);
      return next(request);
    };
    const transport = createGrpcWebTransport({ baseUrl: network.webUrl, httpVersion: '1.1', interceptors: [name] });
    return createRpcClient(MlsApi, transport);
  };
  const [page, other] = [open('page/1'), open('other/1')];
  const follow = (client: typeof page) => {
    const events = client.subscribeGroupMessages({ filters: [] })[Symbol.asyncIterator]();
    return events.next().catch((error: unknown) => error);
  };
  const [streamed, untouched] = [follow(page), follow(other)];
  await expect.poll(() => network.stats().streams).toBe(2);
  await page.queryWelcomeMessages({ installationKey });
  network.faults.set({ partitions: [{ installationId: Buffer.from(installationKey).toString('hex') }] });
  expect(await streamed).toMatchObject({ code: Code.Unavailable });
  await expect(page.getNewestGroupMessage(anyGroup)).rejects.toMatchObject({ code: Code.Unavailable });
  await other.getNewestGroupMessage(anyGroup);
  expect(network.stats().streams).toBe(1);
  network.faults.dropStreams();
  await untouched;
});

test('what the reference node refuses is refused, with its codes', async () => {
  const { rpc } = await start();
  const installationKey = randomBytes(32);
  const subscribe = (filters: { installationKey: Uint8Array }[]) =>
    rpc.subscribeWelcomeMessages({ filters })[Symbol.asyncIterator]().next();
  const welcome = (wrapperAlgorithm: number) =>
    rpc.sendWelcomeMessages({
      messages: [{ version: { case: 'v1', value: { installationKey, data: randomBytes(8), wrapperAlgorithm } } }],
    });
  const invalid = { code: Code.InvalidArgument };
  await expect(rpc.getNewestGroupMessage({})).rejects.toMatchObject({
    ...invalid,
    rawMessage: 'no group ids provided',
  });
  await expect(subscribe([])).rejects.toMatchObject(invalid);
  await expect(subscribe([{ installationKey: new Uint8Array() }])).rejects.toMatchObject(invalid);
  await expect(welcome(1)).rejects.toMatchObject(invalid);
  await welcome(3);
  const unknown = (rawMessage: string) => ({ code: Code.Unknown, rawMessage });
  await expect(rpc.queryGroupMessages({})).rejects.toMatchObject(unknown('group is required'));
  await expect(rpc.queryWelcomeMessages({})).rejects.toMatchObject(unknown('installation is required'));
});

test('calls that the network does not have are refused and shown', async () => {
  const seen: string[] = [];
  const { network } = await start({ onCall: ({ method, code }) => void seen.push(`${method} ${code}`) });
  const path = '/xmtp.mls.api.v1.MlsApi/Subscribe';
  const headers = { 'content-type': 'application/grpc-web+proto' };
  const body = Buffer.alloc(5);
  const answer = await (await fetch(`${network.webUrl}${path}`, { method: 'POST', headers, body })).text();
  expect(answer).toContain('grpc-status:12');
  expect(seen).toEqual([`${path} UNIMPLEMENTED`]);
  expect(network.stats().calls).toEqual({ [path]: { total: 1, failed: 1 } });
});

test('time that is advanced dates what follows and brings the cutover', async () => {
  const { network, rpc, send } = await start();
  const groupId = randomBytes(16);
  await send(groupId);
  const next = rpc.subscribeGroupMessages({ filters: [] })[Symbol.asyncIterator]().next();
  const streamed = next.catch((error: unknown) => error);
  await expect.poll(() => network.stats().streams).toBe(1);
  const day = 86_400_000;
  network.faults.set({ cutoverMs: Date.now() + 10 * day });
  const advance = (body: string) => fetch(`${network.historyUrl}/advance`, { method: 'POST', body });
  expect((await advance(`{"ms":${day}}`)).status).toBe(204);
  expect((await advance('{"ms":-1}')).status).toBe(400);
  expect(() => network.advance(Number.NaN)).toThrow(/only goes forward/);
  await send(groupId);
  const { messages } = await rpc.queryGroupMessages({ groupId, pagingInfo: { direction: SortDirection.ASCENDING } });
  const [before, after] = messages.map(({ version }) => Number(version.value!.createdNs / 1_000_000n));
  expect(after! - before!).toBeGreaterThanOrEqual(day);
  network.advance(10 * day);
  expect(await streamed).toMatchObject({ code: Code.Unavailable, rawMessage: /no longer available/ });
});
