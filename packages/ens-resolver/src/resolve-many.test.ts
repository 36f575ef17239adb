import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createVirtualTime } from '../test/virtual-time.ts';
import { profile, startWeb3Bio } from '../test/web3bio-stand-in.ts';
import { createEnsResolver } from './create-ens-resolver.ts';
import { ResolveError } from './errors.ts';
import { resolveMany } from './resolve-many.ts';
import { showAddress } from './show-resolution.ts';
import type { Resolution } from './types.ts';
import type { Web3BioOptions } from './web3bio/web3bio-options.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const names = Array.from({ length: 12 }, (_, index) => `name-${index}.eth`);

async function setUp(options: Web3BioOptions = {}) {
  const web = await startWeb3Bio();
  for (const name of names) web.profiles.set(`ens/${name}`, profile(name, address));
  const resolver = createEnsResolver({ web3bio: { baseUrl: web.url, ...options }, idCli: false, random: () => 0 });
  return { web, resolver };
}

test('results come in the order of the inputs, failures among them', async () => {
  const { web, resolver } = await setUp({ budget: null });
  const results = await resolver.resolveMany(['name-1.eth', 'a..eth', 'nobody.eth', address, 'NAME-1.eth']);
  expect(results.map((result) => (result.ok ? result.resolution.source : result.error.code))).toEqual([
    'web3.bio',
    'INVALID_NAME',
    'NOT_FOUND',
    'raw',
    'web3.bio',
  ]);
  expect(results.map(({ input }) => input)).toEqual(['name-1.eth', 'a..eth', 'nobody.eth', address, 'NAME-1.eth']);
  expect(web.requests).toHaveLength(2);
});

test('no more names than allowed are asked for at once', async () => {
  const { web, resolver } = await setUp({ budget: null });
  const waiting: (() => void)[] = [];
  let open = 0;
  let most = 0;
  web.override = (_, response) => {
    most = Math.max(most, ++open);
    response.on('close', () => open--);
    waiting.push(() => response.writeHead(404).end());
    // Answered when as many are asked for at once as will be.
    if (waiting.length === 3) for (const answer of waiting.splice(0)) answer();
    return true;
  };
  await resolver.resolveMany(names, { concurrency: 3 });
  expect(most).toBe(3);
});

/** A source with room for `requests` names in each window of ten seconds. */
function withBudget(requests: number) {
  const time = createVirtualTime();
  const seen = new Map<number, number>();
  const resolve = (name: string): Promise<Resolution> => {
    const window = Math.floor(time.elapsed() / 10_000);
    const count = seen.get(window) ?? 0;
    const retryAfterMs = (window + 1) * 10_000 - time.elapsed();
    if (count >= requests) return Promise.reject(new ResolveError({ code: 'RATE_LIMITED', input: name, retryAfterMs }));
    seen.set(window, count + 1);
    return Promise.resolve(showAddress(address, 0));
  };
  return { time, seen, resolve };
}

test('a batch larger than the budget waits for it, as long as the source says', async () => {
  const { time, seen, resolve } = withBudget(4);
  const results = await resolveMany(resolve, names, { concurrency: 8 }, { random: () => 0, time });
  expect(results.every((result) => result.ok)).toBe(true);
  expect([...seen.values()]).toEqual([4, 4, 4]);
  expect(time.elapsed()).toBe(20_000);
});

test('a batch larger than the budget is done, even when single lookups would not wait', async () => {
  const { web, resolver } = await setUp({ budget: { requests: 8, intervalMs: 50 }, patienceMs: 0 });
  const results = await resolver.resolveMany(names, { concurrency: 8 });
  expect(results.every((result) => result.ok)).toBe(true);
  expect(web.requests).toHaveLength(names.length);
});

test('names that cannot be done in time say so, at the latest when it is up', async () => {
  const { resolver } = await setUp({ budget: { requests: 2, intervalMs: 60_000 }, patienceMs: 60_000 });
  const results = await resolver.resolveMany(names.slice(0, 6), { timeoutMs: 1_000 });
  const codes = results.map((result) => (result.ok ? 'ok' : result.error.code));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(2);
  expect(new Set(codes)).toEqual(new Set(['ok', 'TIMEOUT', 'RATE_LIMITED']));
});

test('an abort ends lookups that are running', async () => {
  const { web, resolver } = await setUp({ budget: null });
  web.override = () => true;
  const controller = new AbortController();
  const batch = resolver.resolveMany(names, { signal: controller.signal }).catch((error: unknown) => error);
  await waitFor(() => web.requests.length === 4);
  controller.abort();
  expect(await batch).toMatchObject({ code: 'ABORTED' });
  expect(web.requests).toHaveLength(4);
});

test('an abort ends waiting for the budget', async () => {
  const { time, seen, resolve } = withBudget(1);
  const controller = new AbortController();
  time.until = async () => controller.abort();
  const options = { signal: controller.signal };
  const batch = resolveMany(resolve, names, options, { random: () => 0, time });
  await expect(batch).rejects.toMatchObject({ code: 'ABORTED' });
  expect([...seen.values()]).toEqual([1]);
});

test('nonsense options are refused', async () => {
  const { resolver } = await setUp();
  await expect(resolver.resolveMany([], { concurrency: 0 })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});
