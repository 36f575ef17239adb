import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrpcError } from '../src/grpc-error.ts';
import { captureRequests, createRoutes } from './capture-requests.ts';
import { createClients } from './clients.ts';

// oxlint-disable-next-line node/no-process-env -- how much is the choice of who runs the tests
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2_000);

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
  const captured = await captureRequests(async (network) => {
    const [alice, bob] = await createClients(network, 2);
    const stream = await bob!.conversations.streamAllMessages();
    const group = await alice!.conversations.createGroup([bob!.inboxId]);
    await group.sendText('text');
    await bob!.conversations.syncAll();
    await stream.end();
  });
  const requests = [...captured].flatMap(([method, list]) => list.map((request) => ({ method, request })));
  expect(new Set(captured.keys()).size).toBeGreaterThan(8);

  const { routes, close } = createRoutes();
  const byMethod = new Map(routes.map((route) => [route.method, route]));
  const codes = new Map<string, number>();
  const call = async (method: string, bytes: Uint8Array) => {
    const route = byMethod.get(method)!;
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
  for (const { method, request } of requests) await call(method, request);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...requests),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      async ({ method, request }, changes) => {
        const outcome = await call(
          method,
          changes.reduce((bytes, change) => change(bytes), request),
        );
        codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
      },
    ),
    { numRuns },
  );
  close();
  // Anything else would be a fault of ours that a client can cause.
  expect([...codes.keys()].toSorted()).toEqual(['INTERNAL', 'INVALID_ARGUMENT', 'OK']);
}, 3_600_000);
