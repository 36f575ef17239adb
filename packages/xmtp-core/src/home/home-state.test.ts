import { expect, test } from 'vitest';
import { networkName } from './home-state.ts';

test('a gateway makes another network of the same name', () => {
  expect(networkName({ env: 'dev' })).toBe('dev');
  expect(networkName({ env: 'dev', gatewayHost: 'https://gateway.example' })).toBe('dev-gateway');
});
