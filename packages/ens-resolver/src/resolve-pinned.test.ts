import { expect, test } from 'vitest';
import { profile, startWeb3Bio } from '../test/web3bio-stand-in.ts';
import { createEnsResolver } from './create-ens-resolver.ts';

const one = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const two = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';

async function setUp() {
  const web = await startWeb3Bio();
  const pointTo = (address: string) => web.profiles.set('ens/a.eth', profile('a.eth', address));
  pointTo(one);
  const resolver = createEnsResolver({ web3bio: { baseUrl: web.url, retries: 0, budget: null }, idCli: false });
  return { web, pointTo, resolver };
}

test('a name that is gone, a source that fails and a pin that is no address say so', async () => {
  const { web, resolver } = await setUp();
  await expect(resolver.resolve('a.eth', { pinned: '0x12' })).rejects.toMatchObject({ code: 'INVALID_ADDRESS' });
  web.override = (_, response) => {
    response.writeHead(503).end();
    return true;
  };
  await expect(resolver.resolve('a.eth', { pinned: one })).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
  web.override = null;
  web.profiles.clear();
  await expect(resolver.resolve('a.eth', { pinned: one })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a pinned lookup refuses a new address, and looks again before it blames a cached one', async () => {
  const { web, pointTo, resolver } = await setUp();
  expect(await resolver.resolve('a.eth', { pinned: one })).toMatchObject({ address: one });
  pointTo(two);
  expect(await resolver.resolve('a.eth', { pinned: one })).toMatchObject({ address: one, cached: true });
  expect(await resolver.resolve('a.eth', { pinned: two })).toMatchObject({ address: two, cached: false });
  const error: unknown = await resolver.resolve('a.eth', { pinned: one }).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    code: 'ADDRESS_CHANGED',
    answers: [{ source: 'web3.bio', address: two }],
    retryable: false,
  });
  expect(String(error)).toMatchInlineSnapshot(`
    "ResolveError: "a.eth" points to 0x15088aBd6e7cF4fa14791B12643606b3615e2Df9 and no longer to 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045.

    It may have been sold or stolen. Ask its owner over another way before you trust the new address.
    To accept it, pin the new address."
  `);
  expect(web.requests).toHaveLength(3);
});
