import { expect, test } from 'vitest';
import { readIdCliOptions } from './id-cli-options.ts';

const node = '/opt/node/bin/node';

test('the defaults find a globally linked id-cli and switch its indexer off', () => {
  expect(readIdCliOptions({}, node)).toMatchInlineSnapshot(`
    {
      "args": [],
      "concurrency": 4,
      "env": {
        "INDEXER_URL": "http://127.0.0.1:1",
        "PATH": "/opt/node/bin:/usr/local/bin:/usr/bin:/bin",
      },
      "maxBytes": 262144,
      "program": "id-cli",
      "searchPath": "/opt/node/bin:/usr/local/bin:/usr/bin:/bin",
      "timeoutMs": 15000,
    }
  `);
});

test('a given search path keeps its absolute entries, and Node stays findable', () => {
  const { searchPath, env } = readIdCliOptions({ searchPath: ':.:bin:/a:/b', useIndexer: true }, node);
  expect(searchPath).toBe('/a:/b:/opt/node/bin');
  expect(env).toEqual({ PATH: searchPath });
});

test.each([
  [{ command: ['./id-cli'] as const }],
  [{ command: [''] as const }],
  [{ env: { PRIVATE_KEY: '0xsecret' } }],
  [{ env: { OWS_PASSPHRASE: '0xsecret' } }],
  [{ env: { NODE_OPTIONS: '--require=0xsecret' } }],
  [{ timeoutMs: 0 }],
  [{ maxBytes: Number.NaN }],
  [{ concurrency: 1.5 }],
])('%o is refused without showing a value', (options) => {
  expect(() => readIdCliOptions(options, node)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  expect(() => readIdCliOptions(options, node)).not.toThrow(/0xsecret/);
});
