import { create, toBinary } from '@bufbuild/protobuf';
import * as fc from 'fast-check';
import { patient } from '@xmtp-messaging/testing';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { SubscribeTopicsRequestSchema } from '../src/gen/xmtp/xmtpv4/message_api/message_api_pb.ts';
import { GrpcError } from '../src/grpc-error.ts';
import { captureRequests, createRoutes } from './capture-requests.ts';
import { createClients } from './clients.ts';

// oxlint-disable-next-line node/no-process-env -- how much is the choice of who runs the tests
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2_000);

const filters = [0, 1, 2, 3].map((kind) => ({
  topic: Uint8Array.of(kind, 1, 2),
  lastSeen: { nodeIdToSequenceId: { 0: 1n, 100: 2n } },
}));

type Change = (request: Uint8Array) => Uint8Array;

/** Cuts a request in two somewhere and puts it together another way. */
const at =
  (change: (head: Uint8Array, tail: Uint8Array) => Uint8Array[]) =>
  (position: number): Change =>
  (request) => {
    const middle = position % (request.length + 1);
    return Buffer.concat(change(request.subarray(0, middle), request.subarray(middle)));
  };

/** What a hostile or broken client does to a request. */
const mutation: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.nat(255))
    .map(([position, value]) => at((head, tail) => [head, Buffer.of(value), tail.subarray(1)])(position)),
  fc.nat().map((position) => at((head) => [head])(position)),
  fc
    .tuple(fc.nat(), fc.uint8Array({ maxLength: 8 }))
    .map(([position, bytes]) => at((head, tail) => [head, bytes, tail])(position)),
  fc
    .tuple(fc.nat(), fc.integer({ min: 1, max: 8 }))
    .map(([position, size]) => at((head, tail) => [head, tail.subarray(size)])(position)),
);

/** What real clients sent, and what only newer ones call. */
let requests: { path: string; request: Uint8Array }[];
beforeAll(async () => {
  const seen = await captureRequests(async ({ url }) => {
    for (const network of [{ url }, { url, gatewayUrl: url }]) {
      const [alice, bob] = await createClients(network, 2);
      const stream = await bob!.conversations.streamAllMessages();
      const group = await alice!.conversations.createGroup([bob!.inboxId]);
      await group.sendText('text');
      await bob!.conversations.syncAll();
      await stream.end();
    }
  });
  const subscribeTopics = toBinary(SubscribeTopicsRequestSchema, create(SubscribeTopicsRequestSchema, { filters }));
  const captured = new Map(seen).set('/xmtp.xmtpv4.message_api.ReplicationApi/SubscribeTopics', [subscribeTopics]);
  requests = [...captured].flatMap(([path, list]) => list.map((request) => ({ path, request })));
});

/** A network without a transport, and how to ask it. */
function startNetwork() {
  const { routes, store, close } = createRoutes(() => ({ 100: 'http://127.0.0.1:1' }));
  onTestFinished(close);
  const byPath = new Map(routes.map((route) => [route.path, route]));
  const ask = async (path: string, bytes: Uint8Array) => {
    const route = byPath.get(path)!;
    const controller = new AbortController();
    const context = { signal: controller.signal, identify: () => {} };
    try {
      if (!route.streaming)
        return { code: 'OK', answer: Buffer.from(await route.unary(bytes, context)).toString('hex') };
      const events = route.stream(bytes, context)[Symbol.asyncIterator]();
      const first = events.next();
      controller.abort();
      await first;
      return { code: 'OK', answer: '' };
    } catch (error) {
      if (error instanceof GrpcError) return { code: error.code, answer: error.shortMessage };
      throw error;
    }
  };
  return { ask, store };
}

test(
  'no mutation of what real clients send does more than end in a status',
  { timeout: patient(3_600_000) },
  async () => {
    const { ask } = startNetwork();
    expect(new Set(requests.map(({ path }) => path)).size).toBeGreaterThan(15);
    const codes = new Map<string, number>();
    // First as they are, so that the store holds what the mutations may hit.
    for (const { path, request } of requests) await ask(path, request);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...requests),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        async ({ path, request }, changes) => {
          const { code } = await ask(
            path,
            changes.reduce((bytes, change) => change(bytes), request),
          );
          codes.set(code, (codes.get(code) ?? 0) + 1);
        },
      ),
      { numRuns },
    );
    // Anything else would be a fault of ours that a client can cause.
    // UNIMPLEMENTED answers parts of the protocol that no network has; a mutation rarely asks for one.
    const expected = ['INTERNAL', 'INVALID_ARGUMENT', 'OK', 'UNIMPLEMENTED', 'UNKNOWN'];
    expect([...new Set([...codes.keys(), ...expected])].toSorted()).toEqual(expected);
  },
);

test(
  'whatever was done since a snapshot, after the revert every question has the answer it had',
  { timeout: patient(3_600_000) },
  async () => {
    const { ask, store } = startNetwork();
    const questions = requests.filter(({ path }) => /\/(?:Query|Get|Fetch)\w+$/u.test(path));
    expect(questions.length).toBeGreaterThan(10);
    const byPath = [...Map.groupBy(requests, ({ path }) => path).values()];
    // The other half is news to the network, each time anew.
    for (const list of byPath) {
      for (const { path, request } of list.slice(0, list.length / 2)) await ask(path, request);
    }
    const answers = () => Promise.all(questions.map(({ path, request }) => ask(path, request)));
    const anyRequest = fc.oneof(...byPath.map((list) => fc.constantFrom(...list)));
    const done = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(anyRequest, fc.oneof(fc.constant([]), fc.array(mutation, { maxLength: 2 }))) },
      { weight: 1, arbitrary: fc.constantFrom('snapshot' as const, 'revert' as const, 'file' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(done, { minLength: 10, maxLength: 40 }), async (operations) => {
        const before = { answers: await answers(), counts: store.counts() };
        const id = store.snapshots.take();
        const later: string[] = [];
        for (const operation of operations) {
          if (operation === 'snapshot') later.push(store.snapshots.take());
          else if (operation === 'file') store.files.put(Uint8Array.of(later.length));
          else if (operation === 'revert') later.splice(-1).forEach((last) => store.snapshots.revert(last));
          else
            await ask(
              operation[0].path,
              operation[1].reduce((bytes, change) => change(bytes), operation[0].request),
            );
        }
        store.snapshots.revert(id);
        expect({ answers: await answers(), counts: store.counts() }).toEqual(before);
      }),
      { numRuns: Math.ceil(numRuns / 50) },
    );
  },
);
