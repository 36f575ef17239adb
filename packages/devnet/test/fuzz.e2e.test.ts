import { create, toBinary } from '@bufbuild/protobuf';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
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

test('no mutation of what real clients send does more than end in a status', async () => {
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
  // What only newer clients call.
  const subscribeTopics = toBinary(SubscribeTopicsRequestSchema, create(SubscribeTopicsRequestSchema, { filters }));
  const captured = new Map(seen).set('/xmtp.xmtpv4.message_api.ReplicationApi/SubscribeTopics', [subscribeTopics]);
  const requests = [...captured].flatMap(([path, list]) => list.map((request) => ({ path, request })));
  expect(captured.size).toBeGreaterThan(15);

  const { routes, close } = createRoutes(() => ({ 100: 'http://127.0.0.1:1' }));
  const byPath = new Map(routes.map((route) => [route.path, route]));
  const codes = new Map<string, number>();
  const call = async (path: string, bytes: Uint8Array) => {
    const route = byPath.get(path)!;
    const controller = new AbortController();
    const context = { signal: controller.signal, identify: () => {} };
    try {
      if (!route.streaming) return await route.unary(bytes, context).then(() => 'OK');
      const events = route.stream(bytes, context)[Symbol.asyncIterator]();
      const first = events.next();
      controller.abort();
      await first;
      return 'OK';
    } catch (error) {
      if (error instanceof GrpcError) return error.code;
      throw error;
    }
  };
  // First as they are, so that the store holds what the mutations may hit.
  for (const { path, request } of requests) await call(path, request);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...requests),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      async ({ path, request }, changes) => {
        const outcome = await call(
          path,
          changes.reduce((bytes, change) => change(bytes), request),
        );
        codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
      },
    ),
    { numRuns },
  );
  close();
  // Anything else would be a fault of ours that a client can cause.
  // UNIMPLEMENTED answers parts of the protocol that no network has; a mutation rarely asks for one.
  const expected = ['INTERNAL', 'INVALID_ARGUMENT', 'OK', 'UNIMPLEMENTED', 'UNKNOWN'];
  expect([...new Set([...codes.keys(), ...expected])].toSorted()).toEqual(expected);
}, 3_600_000);
