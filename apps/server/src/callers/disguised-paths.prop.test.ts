import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { alice, createMemoryApp, type MemoryApp } from '../../test/memory-app.ts';

let app: MemoryApp | undefined;

const operatorRoutes = [
  ['GET', '/xmtp/allowlist'],
  ['PUT', `/xmtp/allowlist/${alice}`],
  ['POST', '/xmtp/denylist'],
  ['DELETE', `/xmtp/allowlist/${alice}`],
  ['GET', '/xmtp/dropped'],
  ['GET', '/xmtp/knocks'],
  ['POST', '/xmtp/dead/replay'],
  ['GET', '/metrics'],
] as const;

/** One way of writing a path differently, at a place in it. */
const disguises: readonly ((path: string, at: number) => string)[] = [
  (path, at) => `${path.slice(0, at)}%${path.charCodeAt(at).toString(16)}${path.slice(at + 1)}`,
  (path, at) => `${path.slice(0, at)}%25${path.charCodeAt(at).toString(16)}${path.slice(at + 1)}`,
  (path, at) => path.slice(0, at) + path.slice(at).toUpperCase(),
  (path, at) => `${path.slice(0, at)}%0a${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}\\${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)};x=1${path.slice(at)}`,
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replace('/xmtp', '/x/../xmtp'),
  (path) => `${path}?x=1`,
  (path) => `${path}%2f`,
  (path) => `${path}%00`,
  (path) => `${path}#/xmtp/status`,
];

// The door finds the route by its definition and the router by its own rules: no spelling may lie between the two.
test.prop(
  [
    fc.constantFrom(...operatorRoutes),
    fc.array(fc.tuple(fc.constantFrom(...disguises), fc.nat(60)), { maxLength: 3 }),
    fc.constantFrom('as it is', 'HEAD', 'OPTIONS'),
  ],
  { numRuns: Number(process.env['FUZZ_RUNS'] ?? 400) },
)(
  'an agent does not get at a route of the operator by writing its path in another way',
  async ([method, path], ways, how) => {
    app ??= await createMemoryApp({ freeAuthFailures: 1_000_000, requestsPerMinute: 10_000_000 });
    const disguised = ways.reduce((so, [way, at]) => way(so, Math.min(at, so.length - 1)), path as string);
    const asked = how === 'as it is' ? method : how;
    const body = asked === 'GET' || asked === 'HEAD' ? undefined : { address: alice };
    const response = await app.request(asked, disguised, body);
    await response.body?.cancel();
    expect([disguised, response.status]).toEqual([disguised, expect.toSatisfy((status: number) => status >= 400)]);
  },
);
