import { expect, test } from 'vitest';
import { checkGatewayUrl, guardedLookup } from './gateway-guard.ts';
import { GatewayRefusedError } from './gateway-refused-error.ts';

test('https to a public host passes', () => {
  expect(checkGatewayUrl('https://gateway.example/x').host).toBe('gateway.example');
  expect(checkGatewayUrl('https://1.1.1.1').host).toBe('1.1.1.1');
});

test.each([
  'http://gateway.example',
  'https://2130706433',
  'https://[::ffff:1.1.1.1]',
  'data:,x',
  'x-batch-gateway:true',
  '',
])('%s is refused', (url) => {
  expect(() => checkGatewayUrl(url)).toThrow(GatewayRefusedError);
});

type ResolveHost = NonNullable<Parameters<typeof guardedLookup>[0]>;

const dns =
  (addresses: string[]): ResolveHost =>
  (_host, _options, callback) => {
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  };

function look(addresses: string[], options: { all: boolean }) {
  return new Promise((resolve, reject) => {
    guardedLookup(dns(addresses))('host', options, (error, address, family) => {
      if (error !== null) reject(error);
      else resolve(family === undefined ? address : [address, family]);
    });
  });
}

test('the socket gets the checked addresses', async () => {
  expect(await look(['1.1.1.1', '8.8.8.8'], { all: true })).toEqual([
    { address: '1.1.1.1', family: 4 },
    { address: '8.8.8.8', family: 4 },
  ]);
  expect(await look(['1.1.1.1'], { all: false })).toEqual(['1.1.1.1', 4]);
});

test('one private address among public ones is enough to refuse', async () => {
  await expect(look(['1.1.1.1', '127.0.0.1'], { all: true })).rejects.toThrow(GatewayRefusedError);
  await expect(look([], { all: true })).rejects.toThrow(GatewayRefusedError);
});
