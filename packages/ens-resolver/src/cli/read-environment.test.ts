import { expect, test } from 'vitest';
import { readEnvironment } from './read-environment.ts';

test('an empty environment gives the defaults', () => {
  expect(readEnvironment({}, {})).toEqual({
    hosts: undefined,
    idCli: { command: undefined, searchPath: undefined, env: {} },
    xid: undefined,
    web3bio: { baseUrl: undefined, apiKey: undefined },
    onchain: undefined,
    verify: false,
  });
});

test('id-cli gets the chain and proxy settings and nothing else', () => {
  const env = {
    PATH: '/bin',
    RPC_URL: 'a',
    RPC_URL_BASE: 'b',
    HTTPS_PROXY: 'c',
    PRIVATE_KEY: 'd',
    OWS_PASSPHRASE: 'e',
    NODE_OPTIONS: 'f',
    WEB3_BIO_API_KEY: 'g',
  };
  expect(readEnvironment(env, {})).toMatchObject({
    idCli: { searchPath: '/bin', env: { RPC_URL: 'a', RPC_URL_BASE: 'b', HTTPS_PROXY: 'c' } },
    web3bio: { apiKey: 'g' },
  });
  expect(Object.keys((readEnvironment(env, {}).idCli as { env: object }).env)).toHaveLength(3);
});

test.each([
  ['id-cli', ['id-cli']],
  ['/opt/id-cli', ['/opt/id-cli']],
  ['["/usr/bin/node","/opt/id-cli.js"]', ['/usr/bin/node', '/opt/id-cli.js']],
  ['', undefined],
])('ID_CLI_COMMAND %j is %j', (text, command) => {
  expect(readEnvironment({ ID_CLI_COMMAND: text }, {})).toMatchObject({ idCli: { command } });
});

test.each(['./id-cli', 'id-cli --x', '[', '[]', '[1]', '["a", 1]', 'bin/id-cli'])(
  'ID_CLI_COMMAND %j is refused',
  (text) => {
    expect(() => readEnvironment({ ID_CLI_COMMAND: text }, {})).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  },
);

const env = {
  XMTP_HOSTS_FILE: '/h',
  ETH_RPC_URL: 'https://n',
  WEB3_BIO_URL: 'https://w',
  XID_RPC_URL: 'https://b',
};

test.each([
  [{}, ['hosts', 'idCli', 'xid', 'web3bio']],
  [{ verify: true }, ['hosts', 'idCli', 'xid', 'web3bio', 'onchain']],
  [{ source: 'hosts' as const }, ['hosts']],
  [{ source: 'id-cli' as const }, ['idCli']],
  [{ source: 'xid' as const }, ['xid']],
  [{ source: 'web3.bio' as const }, ['web3bio']],
  [{ source: 'onchain' as const }, ['onchain']],
])('%o uses %j', (flags, sources) => {
  const { verify, ...settings } = readEnvironment(env, flags);
  const used = Object.entries(settings).filter(([, value]) => value !== undefined && value !== false);
  expect(used.map(([key]) => key)).toEqual(sources);
  expect(verify).toBe('verify' in flags);
});

test.each([
  [{}, { source: 'hosts' as const }],
  [{}, { source: 'onchain' as const }],
  [{}, { source: 'xid' as const }],
  [{ XID_REGISTRY: '0x12' }, {}],
  [{ XID_RPC_URL_OP: 'https://o' }, {}],
  [{}, { verify: true }],
  [env, { source: 'onchain' as const, verify: true }],
])('%o does not allow %o', (variables, flags) => {
  expect(() => readEnvironment(variables, flags)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
});
