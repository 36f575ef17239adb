import { expect, test } from 'vitest';
import { readWeb3BioOptions } from './web3bio-options.ts';

test('without a key the budget is the one of the service', () => {
  expect(readWeb3BioOptions({})).toMatchObject({
    baseUrl: new URL('https://api.web3.bio'),
    headers: { accept: 'application/json' },
    budget: { requests: 6, intervalMs: 10_000 },
  });
});

test('with a key there is none, unless it is asked for', () => {
  expect(readWeb3BioOptions({ apiKey: 'k' })).toMatchObject({ budget: { intervalMs: 0 } });
  const budget = { requests: 1, intervalMs: 5 };
  expect(readWeb3BioOptions({ apiKey: 'k', budget }).budget).toEqual(budget);
});

test('the key is sent as a bearer token, with or without that word', () => {
  expect(readWeb3BioOptions({ apiKey: 'k' }).headers).toMatchObject({ 'x-api-key': 'Bearer k' });
  expect(readWeb3BioOptions({ apiKey: 'Bearer k' }).headers).toMatchObject({ 'x-api-key': 'Bearer k' });
});

test('plain http is for this machine', () => {
  for (const baseUrl of ['http://127.0.0.1:4000', 'http://[::1]:4000', 'http://localhost:4000', 'https://a.example']) {
    expect(readWeb3BioOptions({ baseUrl }).baseUrl.href).toBe(`${baseUrl}/`);
  }
});

test.each([
  [{ baseUrl: 'http://api.web3.bio' }],
  [{ baseUrl: 'http://127.0.0.1.example' }],
  [{ baseUrl: 'https://user:secret@api.web3.bio' }],
  [{ baseUrl: 'ftp://127.0.0.1' }],
  [{ baseUrl: 'secret' }],
  [{ apiKey: 'secret\r\nX-Other: 1' }],
  [{ apiKey: '' }],
  [{ apiKey: 'sécret' }],
  [{ timeoutMs: 0 }],
  [{ budget: { requests: 0, intervalMs: 1 } }],
])('%o is refused without showing a value', (options) => {
  expect(() => readWeb3BioOptions(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  expect(() => readWeb3BioOptions(options)).not.toThrow(/secret/);
});
