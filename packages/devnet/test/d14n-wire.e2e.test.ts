import { randomBytes } from 'node:crypto';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { createClient as createRpcClient, Code } from '@connectrpc/connect';
import { createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Health } from '../src/gen/grpc/health/v1/health_pb.ts';
import { MlsApi } from '../src/gen/xmtp/mls/api/v1/mls_pb.ts';
import {
  ClientEnvelopeSchema,
  type OriginatorEnvelope,
  PayerEnvelopeSchema,
  UnsignedOriginatorEnvelopeSchema,
} from '../src/gen/xmtp/xmtpv4/envelopes/envelopes_pb.ts';
import { ReplicationApi } from '../src/gen/xmtp/xmtpv4/message_api/message_api_pb.ts';
import { PayerApi } from '../src/gen/xmtp/xmtpv4/payer_api/payer_api_pb.ts';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createGroupMessage } from './payloads.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet({ protocol: 'both', nodes: 2 });
});
afterEach(() => network.faults.clear());
afterAll(() => network.close());

const at = (baseUrl: string | undefined) => createGrpcTransport({ baseUrl: baseUrl! });
const payer = () => createRpcClient(PayerApi, at(network.url));
const node = (id = 100) => createRpcClient(ReplicationApi, at(network.nodes[id]));
const toTopic = (groupId: Uint8Array) => Uint8Array.from([0, ...groupId]);

/** An envelope with a vector of dependencies and a field that this network does not know. */
function toEnvelope(groupId: Uint8Array, data: Uint8Array, dependsOn: Record<number, bigint> = {}): Uint8Array {
  const envelope = create(ClientEnvelopeSchema, {
    aad: { targetTopic: toTopic(groupId), dependsOn: { nodeIdToSequenceId: dependsOn } },
    payload: { case: 'groupMessage', value: { version: { case: 'v1', value: { data } } } },
  });
  const unknownField = [0xfa, 0x07, 0x01, 0x2a];
  return Uint8Array.from([...toBinary(ClientEnvelopeSchema, envelope), ...unknownField]);
}

function unwrap({ unsignedOriginatorEnvelope }: OriginatorEnvelope) {
  const unsigned = fromBinary(UnsignedOriginatorEnvelopeSchema, unsignedOriginatorEnvelope);
  const { unsignedClientEnvelope } = fromBinary(PayerEnvelopeSchema, unsigned.payerEnvelopeBytes);
  return {
    originator: unsigned.originatorNodeId,
    sequence: unsigned.originatorSequenceId,
    client: Buffer.from(unsignedClientEnvelope).toString('hex'),
  };
}

test('an envelope comes back byte for byte, commits from the chain and the rest from a node, in ascending order', async () => {
  const groupId = randomBytes(16);
  const data = createGroupMessage(groupId);
  const commit = toEnvelope(groupId, createGroupMessage(groupId, 'commit'));
  await payer().publishClientEnvelopes({ envelopes: [commit] });
  const last = unwrap((await node().getNewestEnvelope({ topics: [toTopic(groupId)] })).results[0]!.originatorEnvelope!);
  const message = toEnvelope(groupId, data, { 0: last.sequence });
  await payer().publishClientEnvelopes({ envelopes: [message, message] });
  const query = { topics: [toTopic(groupId)] };
  const { envelopes } = await node(200).queryEnvelopes({ query });
  const read = envelopes.map(unwrap);
  expect(read.map(({ client }) => client)).toEqual(
    [commit, message, message].map((bytes) => Buffer.from(bytes).toString('hex')),
  );
  // Published twice is two envelopes, each with a place of its own.
  const [first, second, third] = read;
  expect([first!.originator, second!.originator % 100, third!.originator]).toEqual([0, 0, second!.originator]);
  expect(third!.sequence).toBeGreaterThan(second!.sequence);
  const after = { nodeIdToSequenceId: { 0: first!.sequence, [second!.originator]: second!.sequence } };
  const rest = await node().queryEnvelopes({ query: { ...query, lastSeen: after } });
  expect(rest.envelopes.map(unwrap)).toEqual([third]);
  const limited = await node().queryEnvelopes({ query, limit: 2 });
  expect(limited.envelopes).toHaveLength(2);
});

test('what was sent over V3 is read as from the migrator, with its V3 ids', async () => {
  const groupId = randomBytes(16);
  const v3 = createRpcClient(MlsApi, at(network.url));
  const versions = ['commit', 'application'] as const;
  const messages = versions.map((type) => ({
    version: { case: 'v1' as const, value: { data: createGroupMessage(groupId, type), shouldPush: true } },
  }));
  await v3.sendGroupMessages({ messages });
  const { messages: stored } = await v3.queryGroupMessages({ groupId, pagingInfo: { direction: 1 } });
  const { envelopes } = await node().queryEnvelopes({ query: { topics: [toTopic(groupId)] } });
  const read = envelopes.map(unwrap);
  expect(read.map(({ sequence }) => sequence)).toEqual(stored.map(({ version }) => version.value!.id));
  expect(read.map(({ originator }) => originator)).toEqual([0, 10]);
  const { payload, aad } = fromBinary(ClientEnvelopeSchema, Buffer.from(read[1]!.client, 'hex'));
  expect([...aad!.targetTopic]).toEqual([...toTopic(groupId)]);
  expect(payload).toMatchObject({ case: 'groupMessage', value: { version: { value: { shouldPush: true } } } });
});

test('a stream of topics says that it started, where history ends, and carries what follows', async () => {
  const groupId = randomBytes(16);
  const publish = () =>
    payer().publishClientEnvelopes({ envelopes: [toEnvelope(groupId, createGroupMessage(groupId))] });
  await publish();
  const closing = new AbortController();
  const frames: string[] = [];
  const filters = [{ topic: toTopic(groupId) }];
  for await (const { response } of node().subscribeTopics({ filters }, { signal: closing.signal })) {
    frames.push(response.case === 'envelopes' ? 'envelope' : `status ${response.value?.status}`);
    if (frames.length === 3) await publish();
    if (frames.length === 4) break;
  }
  expect(frames).toEqual(['status 1', 'envelope', 'status 2', 'envelope']);
  closing.abort();
});

test('a stream of envelopes without a cursor carries only what is new; a muted one lives, and a node that goes down ends it', async () => {
  const groupId = randomBytes(16);
  const publish = () =>
    payer().publishClientEnvelopes({ envelopes: [toEnvelope(groupId, createGroupMessage(groupId))] });
  await publish();
  network.faults.set({ streams: [{ method: 'SubscribeEnvelopes', swallowEvery: 2 }] });
  const counts: number[] = [];
  const read = async () => {
    for await (const { envelopes } of node().subscribeEnvelopes({ query: { topics: [toTopic(groupId)] } })) {
      counts.push(envelopes.length);
      if (counts.length === 1) for (let index = 0; index < 3; index++) await publish();
      if (counts.length === 3) network.faults.set({ nodes: [{ node: 100, down: true }] });
    }
  };
  await expect(read()).rejects.toMatchObject({ code: Code.Unavailable });
  expect(counts).toEqual([0, 1, 1]);
  await expect(createRpcClient(Health, at(network.nodes[100])).check({})).rejects.toMatchObject({
    code: Code.Unavailable,
  });
  await expect(createRpcClient(Health, at(network.nodes[200])).check({})).resolves.toMatchObject({ status: 1 });
});

test('a gateway and its node are one address for a browser', async () => {
  const web = createGrpcWebTransport({ baseUrl: network.webUrl, httpVersion: '1.1' });
  const { nodes } = await createRpcClient(PayerApi, web).getNodes({});
  expect(nodes).toEqual({ 100: network.webUrl });
  expect((await payer().getNodes({})).nodes).toEqual(network.nodes);
  await expect(createRpcClient(Health, web).check({})).resolves.toMatchObject({ status: 1 });
});

const groupId = randomBytes(16);
const application = createGroupMessage(groupId);
const post = (envelope: Uint8Array) => () => payer().publishClientEnvelopes({ envelopes: [envelope] });
const misplaced = toBinary(
  ClientEnvelopeSchema,
  create(ClientEnvelopeSchema, {
    aad: { targetTopic: Uint8Array.of(1, ...groupId) },
    payload: { case: 'groupMessage', value: { version: { case: 'v1', value: { data: application } } } },
  }),
);
test.each<{ what: string; call: () => Promise<unknown>; words: RegExp }>([
  { what: 'no aad', call: post(Uint8Array.of(18, 0)), words: /index 0: aad is missing/ },
  { what: 'another kind of topic', call: post(misplaced), words: /at index 0 does not match topic/ },
  { what: 'the topic of another group', call: post(toEnvelope(randomBytes(16), application)), words: /of another/ },
  { what: 'a dependency on a node', call: post(toEnvelope(groupId, application, { 100: 1n })), words: /non-commit/ },
  {
    what: 'a dependency on the future',
    call: post(toEnvelope(groupId, application, { 0: 1n << 40n })),
    words: /exceeds last seen/,
  },
  {
    what: 'a topic that is too long',
    call: () => node().queryEnvelopes({ query: { topics: [randomBytes(129)] } }),
    words: /invalid topic/,
  },
  {
    what: 'too many topics',
    call: () => node().queryEnvelopes({ query: { topics: Array.from({ length: 10_001 }, () => Uint8Array.of(0, 1)) } }),
    words: /too many subscriptions/,
  },
  {
    what: 'topics and originators',
    call: () => node().queryEnvelopes({ query: { topics: [Uint8Array.of(0, 1)], originatorNodeIds: [100] } }),
    words: /both topic and originator/,
  },
  {
    what: 'too many identifiers',
    call: () => node().getInboxIds({ requests: Array.from({ length: 1_001 }, () => ({ identifier: '0x' })) }),
    words: /too many requests/,
  },
])('$what is refused', async ({ call, words }) => {
  await expect(call()).rejects.toMatchObject({ code: Code.InvalidArgument, rawMessage: expect.stringMatching(words) });
});
