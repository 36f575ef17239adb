import { createManualClock, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { type Answer, type CacheOptions, createAnswerCache } from './cache/create-answer-cache.ts';
import { createResolve } from './create-resolve.ts';
import { ResolveError, type ResolveErrorCode } from './errors.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const failed = (code: ResolveErrorCode) => new ResolveError({ code, input: 'x', reason: 'failed.' });

function setUp(options: CacheOptions = {}) {
  const clock = createManualClock();
  const now = () => clock.now();
  const asked: string[] = [];
  const router = {
    next: (): Promise<Answer> => Promise.resolve({ address, source: 'web3.bio', verified: false, resolvedAt: now() }),
    lookup(kind: string, name: string, _signal: AbortSignal) {
      asked.push(`${kind} ${name}`);
      return router.next();
    },
    reverse: () => Promise.reject(failed('UPSTREAM_ERROR')),
  };
  const core = createResolve({ cache: createAnswerCache(options, now), router, hosts: null, now, maxInputs: 10 });
  return { clock, router, asked, ...core };
}

test('a second lookup is answered from the cache, whatever its case', async () => {
  const { asked, resolve } = setUp();
  expect(await resolve('Vitalik.eth')).toMatchObject({ input: 'Vitalik.eth', name: 'vitalik.eth', cached: false });
  expect(await resolve('vitalik.eth')).toMatchObject({ input: 'vitalik.eth', cached: true, normalized: false });
  expect(await resolve('ﬁsh.eth')).toMatchObject({ cached: false, normalized: true });
  expect(await resolve('fish.eth')).toMatchObject({ cached: true, normalized: false });
  expect(await resolve('ﬁsh.eth')).toMatchObject({ input: 'ﬁsh.eth', cached: true, normalized: true });
  expect(asked).toEqual(['ens vitalik.eth', 'ens fish.eth']);
});

test('resolutions are frozen, and a repeated lookup gives the very same one', async () => {
  const { resolve } = setUp();
  await resolve('a.eth');
  const hit = await resolve('a.eth');
  expect(Object.isFrozen(hit)).toBe(true);
  expect(await resolve('a.eth')).toBe(hit);
});

test('a thousand callers for one cold name make one call', async () => {
  const { asked, resolve } = setUp();
  const all = await Promise.all(Array.from({ length: 1_000 }, () => resolve('a.eth')));
  expect(all.every((resolution) => resolution.address === address)).toBe(true);
  expect(asked).toHaveLength(1);
});

test('fresh looks again, and its answer is kept', async () => {
  const { router, asked, resolve } = setUp();
  await resolve('a.eth');
  const moved = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';
  router.next = () => Promise.resolve({ address: moved, source: 'web3.bio', verified: false, resolvedAt: 0 });
  expect((await resolve('a.eth')).address).toBe(address);
  expect(await resolve('a.eth', { fresh: true })).toMatchObject({ address: moved, cached: false });
  expect(await resolve('a.eth')).toMatchObject({ address: moved, cached: true });
  expect(asked).toHaveLength(2);
});

test.each(['NOT_FOUND', 'NO_ADDRESS'] as const)('%s is remembered for half a minute', async (code) => {
  const { clock, router, asked, resolve } = setUp();
  router.next = () => Promise.reject(failed(code));
  for (let call = 0; call < 3; call++) await expect(resolve('a.eth')).rejects.toMatchObject({ code });
  expect(asked).toHaveLength(1);
  clock.advance(30_000);
  await expect(resolve('a.eth')).rejects.toMatchObject({ code });
  expect(asked).toHaveLength(2);
});

test.each([
  'UPSTREAM_ERROR',
  'TIMEOUT',
  'RATE_LIMITED',
  'BAD_RESPONSE',
  'NAME_MISMATCH',
  'SOURCE_DISAGREEMENT',
] as const)('%s is not remembered', async (code) => {
  const { router, asked, resolve } = setUp();
  router.next = () => Promise.reject(failed(code));
  await expect(resolve('a.eth')).rejects.toMatchObject({ code });
  await expect(resolve('a.eth')).rejects.toMatchObject({ code });
  expect(asked).toHaveLength(2);
});

test('a foreign error of a source becomes UPSTREAM_ERROR', async () => {
  const { router, resolve } = setUp();
  router.next = () => Promise.reject(new RangeError('bug'));
  await expect(resolve('a.eth')).rejects.toMatchObject({
    name: 'ResolveError',
    code: 'UPSTREAM_ERROR',
    input: 'a.eth',
  });
});

test('an expired address stands in for a failing source when that is switched on, and says so', async () => {
  const { clock, router, resolve } = setUp({ ttlMs: 10, staleIfErrorMs: 1_000 });
  await resolve('a.eth');
  clock.advance(10);
  router.next = () => Promise.reject(failed('UPSTREAM_ERROR'));
  expect(await resolve('a.eth')).toMatchObject({ address, cached: true, stale: true });
  await expect(resolve('a.eth', { fresh: true })).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
  router.next = () => Promise.reject(failed('BAD_RESPONSE'));
  await expect(resolve('a.eth')).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  router.next = () => Promise.reject(failed('NO_ADDRESS'));
  await expect(resolve('a.eth')).rejects.toMatchObject({ code: 'NO_ADDRESS' });
});

test('it stands in for nothing by default', async () => {
  const { clock, router, resolve } = setUp();
  await resolve('a.eth');
  clock.advance(300_000);
  router.next = () => Promise.reject(failed('UPSTREAM_ERROR'));
  await expect(resolve('a.eth')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
});

test('invalidate forgets one name in any spelling, or all', async () => {
  const { asked, resolve, invalidate } = setUp();
  await Promise.all([resolve('a.eth'), resolve('b.eth')]);
  invalidate('A.eth');
  await Promise.all([resolve('a.eth'), resolve('b.eth')]);
  expect(asked).toEqual(['ens a.eth', 'ens b.eth', 'ens a.eth']);
  invalidate();
  await Promise.all([resolve('a.eth'), resolve('b.eth')]);
  expect(asked).toHaveLength(5);
});

test('an answer that was asked for before an invalidate is given, and not kept', async () => {
  const { router, asked, resolve, invalidate } = setUp();
  let answer = (_value: Answer) => {};
  router.next = () =>
    new Promise((done) => {
      answer = done;
    });
  const asking = resolve('a.eth');
  await waitFor(() => asked.length === 1);
  invalidate('a.eth');
  answer({ address, source: 'web3.bio', verified: false, resolvedAt: 0 });
  expect((await asking).address).toBe(address);
  router.next = () => Promise.reject(failed('NOT_FOUND'));
  await expect(resolve('a.eth')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(asked).toHaveLength(2);
});

test('a caller who gives up is told so, and an answer he left behind is not kept', async () => {
  const { router, asked, resolve } = setUp();
  let answer = (_value: Answer) => {};
  router.next = () =>
    new Promise((done) => {
      answer = done;
    });
  const controller = new AbortController();
  const leaving = resolve('a.eth', { signal: controller.signal });
  const staying = resolve('a.eth');
  await waitFor(() => asked.length === 1);
  controller.abort();
  await expect(leaving).rejects.toMatchObject({ code: 'ABORTED', retryable: false });
  answer({ address, source: 'web3.bio', verified: false, resolvedAt: 0 });
  expect((await staying).address).toBe(address);

  const late = resolve('b.eth', { timeoutMs: 5 });
  await expect(late).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true });
  answer({ address, source: 'web3.bio', verified: false, resolvedAt: 0 });
  router.next = () => Promise.reject(failed('NOT_FOUND'));
  await expect(resolve('b.eth')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(asked).toHaveLength(3);
});

test('an aborted caller gets nothing, not even from the cache', async () => {
  const { resolve } = setUp();
  await resolve('a.eth');
  await expect(resolve('a.eth', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
});

test('what is not text is refused like any bad name', async () => {
  const { resolve, asked } = setUp();
  for (const input of [undefined, null, 7, {}, ['a.eth']]) {
    await expect(resolve(input as never)).rejects.toMatchObject({ code: 'INVALID_NAME' });
  }
  expect(asked).toEqual([]);
});
