import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { parseEnvironment } from './parse-environment.ts';
import { variableFacts } from './variable-facts.ts';
import { variableNames } from './variables.ts';

const base = { OWS_WALLET: 'alice', HOME: '/home/alice' };
const secret = `whsec_${'A'.repeat(43)}=`;

/** The lines of the error. */
function problems(env: Record<string, string>): readonly string[] {
  try {
    parseEnvironment({ ...base, ...env });
    return [];
  } catch (error) {
    return (error as { metaMessages: readonly string[] }).metaMessages;
  }
}

test('what stands when nothing but the wallet is set', () => {
  expect(parseEnvironment(base).config).toMatchInlineSnapshot(`
    {
      "allowManyInstallations": false,
      "attachments": {
        "allowPrivate": false,
        "fetch": "on-request",
        "maxBytes": 25000000,
        "timeoutMs": 60000,
      },
      "bell": true,
      "boundaryMode": "delimit",
      "delivery": {
        "allowPrivate": false,
        "answerTimeoutMs": 600000,
        "answersInMixedGroups": false,
        "concurrency": 8,
        "maxAttempts": 20,
        "repliesPerWindow": 20,
        "retryBaseMs": 1000,
        "scrubReplies": true,
        "target": undefined,
        "timeoutMs": 30000,
      },
      "droppedTextMs": 2592000000,
      "groups": "listed-senders",
      "hears": undefined,
      "historicalAfterMs": 3600000,
      "homeRoot": "/home/alice/.xmtp",
      "http": {
        "agent": undefined,
        "allowedHosts": [],
        "basePath": undefined,
        "freeAuthFailures": 20,
        "host": "127.0.0.1",
        "metrics": "guarded",
        "operatorToken": undefined,
        "operatorTokenFile": undefined,
        "port": 4101,
        "requestsPerMinute": 12000,
        "sendsPerMinute": 600,
        "token": undefined,
        "tokenFile": undefined,
      },
      "journalBytes": undefined,
      "journalMs": 2592000000,
      "knockWebhook": undefined,
      "knocks": "dropped",
      "logLevel": "info",
      "messagesMs": null,
      "mode": "closed",
      "modelTokens": [],
      "names": {
        "ethRpcUrl": undefined,
        "hostsFile": undefined,
        "idCliCommand": undefined,
        "idCliEnvironment": {},
        "idCliSearchPath": undefined,
        "web3BioApiKey": undefined,
        "web3BioUrl": undefined,
        "xid": undefined,
      },
      "network": {
        "apiUrl": undefined,
        "env": "production",
        "gatewayHost": undefined,
      },
      "openLimits": {
        "sender": undefined,
        "total": undefined,
      },
      "shownText": {
        "maxBytes": 16384,
        "maxLines": 512,
      },
      "shutdownTimeoutMs": 10000,
      "signalFile": false,
      "strangerBytesPerDay": 20000000,
      "uploads": undefined,
      "wakes": undefined,
      "wallet": {
        "command": undefined,
        "credential": undefined,
        "home": "/home/alice",
        "name": "alice",
      },
    }
  `);
});

test('without OWS_WALLET there is nothing to serve', () => {
  for (const env of [{ HOME: '/home/alice' }, { ...base, OWS_WALLET: '' }]) {
    expect(() => parseEnvironment(env)).toThrow(expect.objectContaining({ code: 'WALLET_UNSET' }));
  }
});

test('the port is PORT, then ID_AGENT_PORT, then 4101', () => {
  const port = (env: Record<string, string>) => parseEnvironment({ ...base, ...env }).config.http.port;
  expect([port({ PORT: '1', ID_AGENT_PORT: '2' }), port({ ID_AGENT_PORT: '2' }), port({})]).toEqual([1, 2, 4101]);
});

test('H4 and M7: every variable reaches the config', async () => {
  const folder = await temporaryDirectory();
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, 'another-long-token\n', { mode: 0o600 });
  const values: Record<string, string> = {
    OWS_WALLET: 'bob',
    OWS_PASSPHRASE: 'passphrase',
    OWS_PASSPHRASE_FILE: tokenFile,
    OWS_COMMAND: '["sudo","ows"]',
    HOME: '/home/bob',
    XMTP_HOME: '/data',
    XMTP_ENV: 'dev',
    XMTP_API_URL: 'https://node.example',
    XMTP_GATEWAY_HOST: 'https://gateway.example',
    PORT: '1',
    ID_AGENT_PORT: '2',
    HOST: '::1',
    XMTP_API_TOKEN: 'a-long-enough-token',
    XMTP_API_TOKEN_FILE: tokenFile,
    XMTP_OPERATOR_TOKEN: 'another-token-for-one',
    XMTP_OPERATOR_TOKEN_FILE: tokenFile,
    XMTP_AGENT: 'bob',
    XMTP_BASE_PATH: '/agents/bob',
    XMTP_AGENTS_FILE: '/agents.json',
    XMTP_ALLOWED_HOSTS: 'a.example, b.example',
    XMTP_METRICS: 'any-host',
    XMTP_SHARED_SECRET_FILES: 'true',
    XMTP_REQUESTS_PER_MINUTE: '10',
    XMTP_AUTH_FAILURES: '11',
    XMTP_SENDS_PER_MINUTE: '7',
    XMTP_OPEN_MODE: 'true',
    XMTP_OPEN_SENDER_LIMIT: '9,3',
    XMTP_OPEN_TOTAL_LIMIT: '90,30',
    XMTP_GROUPS: 'off',
    XMTP_KNOCKS: 'shown',
    XMTP_DROPPED_DAYS: '3',
    XMTP_JOURNAL_DAYS: '40',
    XMTP_JOURNAL_BYTES: '2000000',
    XMTP_MESSAGES_DAYS: '8',
    XMTP_STRANGER_BYTES: '50000',
    XMTP_BOUNDARY_MODE: 'json',
    XMTP_SHOWN_BYTES: '2048',
    XMTP_SHOWN_LINES: '20',
    XMTP_HEARS: 'text, reaction',
    XMTP_WAKES: 'none',
    XMTP_MODEL_TOKENS: '["]<]start of image[>[", "@@end@@"]',
    XMTP_HOSTS_FILE: '/hosts.yaml',
    ID_CLI_COMMAND: '/bin/id-cli',
    PATH: '/opt/id-cli/bin',
    RPC_URL: 'https://chains.example',
    RPC_URL_BASE: 'https://base.example',
    WEB3_BIO_URL: 'https://web3.example',
    WEB3_BIO_API_KEY: 'key',
    ETH_RPC_URL: 'https://rpc.example',
    XID_RPC_URL: 'https://xid.example',
    XID_RPC_URL_ETH: 'https://eth.example',
    XID_RPC_URL_OP: 'https://op.example',
    XID_RPC_URL_ARB: 'https://arb.example',
    XID_REGISTRY: `0x${'12'.repeat(20)}`,
    XMTP_WEBHOOK_URL: 'https://hook.example/',
    XMTP_WEBHOOK_SECRET: `${secret} whsec_${'B'.repeat(43)}=`,
    XMTP_WEBHOOK_SECRET_FILE: join(folder, 'secret'),
    XMTP_KNOCK_WEBHOOK_URL: 'https://ops.example/knocks',
    XMTP_KNOCK_WEBHOOK_SECRET: `whsec_${'D'.repeat(43)}=`,
    XMTP_KNOCK_WEBHOOK_SECRET_FILE: join(folder, 'secret'),
    XMTP_SIGNAL_FILE: 'true',
    XMTP_AGENT_URL: 'https://agent.example',
    XMTP_EXEC: '["/usr/bin/agent","--once"]',
    XMTP_EXEC_ENV: 'LANG OPENAI_API_KEY',
    XMTP_DELIVERY_PRIVATE: 'true',
    XMTP_DELIVERY_TIMEOUT: '101',
    XMTP_ANSWER_TIMEOUT: '1001',
    XMTP_DELIVERY_ATTEMPTS: '3',
    XMTP_DELIVERY_CONCURRENCY: '4',
    XMTP_DELIVERY_RETRY_BASE: '11',
    XMTP_REPLY_LIMIT: '5',
    XMTP_MIXED_GROUP_ANSWERS: 'true',
    XMTP_SCRUB_REPLIES: 'false',
    XMTP_ATTACHMENTS: 'images',
    XMTP_ATTACHMENT_MAX: '12',
    XMTP_ATTACHMENT_TIMEOUT: '103',
    XMTP_ATTACHMENT_PRIVATE: 'true',
    XMTP_HISTORICAL_AFTER: '6',
    XMTP_BELL: 'off',
    XMTP_MANY_INSTALLATIONS: 'true',
    XMTP_SHUTDOWN_TIMEOUT: '8',
    XMTP_LOG_LEVEL: 'debug',
    XMTP_UPLOAD_URL: 'https://files.example/{digest}',
    XMTP_UPLOAD_URL_FILE: join(folder, 'place'),
    XMTP_UPLOAD_PUBLIC_URL: 'https://cdn.example/{digest}',
    XMTP_UPLOAD_HEADERS: '{"a":"b"}',
    XMTP_UPLOAD_HEADERS_FILE: join(folder, 'headers'),
    XMTP_UPLOAD_S3_KEY_ID: 'AKID',
    XMTP_UPLOAD_S3_SECRET: 'secret',
    XMTP_UPLOAD_S3_SECRET_FILE: tokenFile,
    XMTP_UPLOAD_S3_REGION: 'auto',
    XMTP_UPLOAD_MAX: '13',
    XMTP_UPLOAD_TIMEOUT: '104',
    XMTP_UPLOAD_PRIVATE: 'true',
  };
  await writeFile(values['XMTP_UPLOAD_URL_FILE']!, 'https://files.example/{digest}', { mode: 0o600 });
  await writeFile(values['XMTP_UPLOAD_HEADERS_FILE']!, '{"a":"b"}', { mode: 0o600 });
  await writeFile(values['XMTP_WEBHOOK_SECRET_FILE']!, `whsec_${'C'.repeat(43)}=`, { mode: 0o600 });
  expect(Object.keys(values)).toEqual(variableNames);
  for (const name of variableNames) {
    const webhook = { XMTP_WEBHOOK_URL: 'http://127.0.0.1/', XMTP_WEBHOOK_SECRET: secret };
    const rest =
      name === 'XMTP_AGENT_URL' || name === 'XMTP_EXEC'
        ? {}
        : name === 'XMTP_WEBHOOK_SECRET_FILE'
          ? { XMTP_WEBHOOK_URL: 'http://127.0.0.1/' }
          : webhook;
    // These say how others are read; the last, which agents there are.
    if (['XMTP_SHARED_SECRET_FILES', 'XMTP_EXEC_ENV', 'XMTP_AGENTS_FILE'].includes(name)) continue;
    const upload = { XMTP_UPLOAD_URL: values['XMTP_UPLOAD_URL'] };
    const { XMTP_UPLOAD_S3_KEY_ID, XMTP_UPLOAD_S3_SECRET } = values;
    const region = { ...upload, XMTP_UPLOAD_S3_KEY_ID, XMTP_UPLOAD_S3_SECRET };
    // Signing needs an upload, and a key its secret.
    const needed = !/^XMTP_UPLOAD_(?!URL)/u.test(name) ? {} : name === 'XMTP_UPLOAD_S3_REGION' ? region : upload;
    const other =
      name === 'XMTP_UPLOAD_S3_KEY_ID'
        ? { XMTP_UPLOAD_S3_SECRET }
        : name.startsWith('XMTP_UPLOAD_S3_SECRET')
          ? { XMTP_UPLOAD_S3_KEY_ID }
          : {};
    const before = JSON.stringify(parseEnvironment({ ...base, ...webhook, ...needed }).config);
    const { XMTP_KNOCK_WEBHOOK_URL, XMTP_KNOCK_WEBHOOK_SECRET } = values;
    const knocks = name.startsWith('XMTP_KNOCK_WEBHOOK_SECRET')
      ? { XMTP_KNOCK_WEBHOOK_URL }
      : name === 'XMTP_KNOCK_WEBHOOK_URL'
        ? { XMTP_KNOCK_WEBHOOK_SECRET }
        : {};
    const xid = name.startsWith('XID_') ? { XID_RPC_URL: 'https://other.example' } : {};
    const { config } = parseEnvironment({
      ...base,
      ...rest,
      ...needed,
      ...other,
      ...xid,
      ...knocks,
      [name]: values[name],
    });
    expect([name, JSON.stringify(config) === before]).toEqual([name, false]);
  }
});

test.each([
  ['XMTP_ENV', 'prod', 'XMTP_ENV is "prod", expected local, dev or production.'],
  ['XID_REGISTRY', '0x12', 'XID_REGISTRY is "0x12", expected an address.'],
  [
    'XID_RPC_URL_OP',
    'https://op.example',
    'XID_RPC_URL is not set, expected the URL of a Base node beside the other XID settings.',
  ],
  ['PORT', '65536', 'PORT is "65536", expected a whole number from 0 to 65535.'],
  ['PORT', '1e3', 'PORT is "1e3", expected a whole number from 0 to 65535.'],
  ['XMTP_OPEN_MODE', 'yes', 'XMTP_OPEN_MODE is "yes", expected true or false.'],
  ['XMTP_BELL', 'true', 'XMTP_BELL is "true", expected on or off.'],
  ['XMTP_HOME', 'relative', 'XMTP_HOME is a text of 8 characters, expected an absolute path.'],
  [
    'OWS_COMMAND',
    '["sudo"',
    'OWS_COMMAND is a text of 7 characters, expected a path, or a JSON array of program and arguments.',
  ],
  ['XMTP_API_URL', 'node.example:5556', 'XMTP_API_URL is a text of 17 characters, expected an http or https URL.'],
  [
    'XMTP_LOG_LEVEL',
    'verbose',
    'XMTP_LOG_LEVEL is "verbose", expected fatal, error, warn, info, debug, trace, silent.',
  ],
  [
    'XMTP_AGENT_URL',
    'http://10.0.0.1',
    'XMTP_AGENT_URL leads to a private network, which needs XMTP_DELIVERY_PRIVATE=true.',
  ],
  [
    'XMTP_AGENT_URL',
    'http://agent.example',
    'XMTP_AGENT_URL sends messages in the clear, expected https, or http on loopback.',
  ],
  [
    'XMTP_WEBHOOK_URL',
    'https://a.example',
    'XMTP_WEBHOOK_URL is set without XMTP_WEBHOOK_SECRET, expected both: unsigned webhooks could be forged.',
  ],
  [
    'XMTP_KNOCK_WEBHOOK_URL',
    'https://a.example',
    'XMTP_KNOCK_WEBHOOK_URL is set without XMTP_KNOCK_WEBHOOK_SECRET, expected both or none.',
  ],
  [
    'HOST',
    '0.0.0.0',
    'HOST is "0.0.0.0", which others can reach, expected XMTP_API_TOKEN or XMTP_API_TOKEN_FILE to be set as well.',
  ],
])('M6: %s=%s', (name, value, line) => {
  expect(problems({ [name]: value })).toEqual([line]);
});

test('M6: every bad value gets its line at once', () => {
  expect(problems({ PORT: 'x', XMTP_ENV: 'y', XMTP_BELL: 'z' })).toHaveLength(3);
});

test('H1: a token makes a bind that others can reach possible', () => {
  for (const HOST of ['0.0.0.0', '::', '192.168.1.2', 'agent.example', '127.0.0.1.evil.example', '::ffff:10.0.0.1']) {
    expect([HOST, problems({ HOST }).length]).toEqual([HOST, 1]);
    expect(problems({ HOST, XMTP_API_TOKEN: 'a-long-enough-token' })).toEqual([]);
  }
  for (const HOST of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(problems({ HOST })).toEqual([]);
});

test('a token that can be guessed is none where others can reach the server', () => {
  const XMTP_API_TOKEN = 'aaaaaaaaaaaaaaaa';
  expect(problems({ HOST: '0.0.0.0', XMTP_API_TOKEN })).toEqual([
    expect.stringMatching(/^XMTP_API_TOKEN can be guessed/u),
  ]);
  expect(problems({ XMTP_API_TOKEN })).toEqual([]);
});

test.each([
  ['my_agent', 'my_agent'],
  ['Agent-1.Local.:4101', 'agent-1.local'],
  ['[::1]:80', '[::1]'],
  ['fd00::2', '[fd00::2]'],
])('a host may be written as people have it: %s', (written, name) => {
  expect(parseEnvironment({ ...base, XMTP_ALLOWED_HOSTS: written }).config.http.allowedHosts).toEqual([name]);
});

test('no error repeats a secret', () => {
  const secrets = {
    XMTP_API_TOKEN: 'sec ret-token-value',
    OWS_PASSPHRASE: 'secret-passphrase',
    OWS_PASSPHRASE_FILE: '/secret-path',
    XMTP_WEBHOOK_SECRET: 'secret-webhook',
    XMTP_WEBHOOK_URL: 'secret-url',
    ETH_RPC_URL: 'ws://key:secret@rpc.example',
    PORT: 'x',
  };
  const lines = problems(secrets);
  expect(lines).toHaveLength(5);
  expect(lines.join('\n')).not.toMatch(/secret-|ret-token|key:/u);
});

test('secrets come from files that are for their owner alone', async () => {
  const folder = await temporaryDirectory();
  const path = join(folder, 'token');
  const env = { HOST: '0.0.0.0', XMTP_API_TOKEN_FILE: path };
  expect(problems(env)).toEqual(['XMTP_API_TOKEN_FILE names a file that cannot be opened (ENOENT).']);
  await writeFile(path, 'a-long-enough-token\n', { mode: 0o644 });
  expect(problems(env)).toEqual([
    expect.stringContaining(
      'XMTP_API_TOKEN_FILE names a file that others may read or change (mode 0644), expected mode 0600.',
    ),
  ]);
  expect(problems({ ...env, XMTP_SHARED_SECRET_FILES: 'true' })).toEqual([]);
  await chmod(path, 0o600);
  expect(parseEnvironment({ ...base, ...env }).config.http.token).toBe('a-long-enough-token');
  expect(problems({ ...env, XMTP_API_TOKEN: 'a-long-enough-token' })).toEqual([
    'XMTP_API_TOKEN and XMTP_API_TOKEN_FILE are both set, expected one of them.',
  ]);
  await writeFile(path, 'short');
  expect(problems(env)).toEqual([
    'The file of XMTP_API_TOKEN_FILE holds a text of 5 characters, expected one token a line, 16 to 256 printable ASCII characters without spaces, and after it read or send where it is not for both.',
  ]);
  await writeFile(path, '');
  expect(problems(env)).toEqual(['XMTP_API_TOKEN_FILE names an empty file.']);
  expect(problems({ ...env, XMTP_API_TOKEN_FILE: folder })[0]).toMatch(/not a regular file|cannot be opened/u);
});

test("an agent's token is not the operator's", () => {
  const XMTP_OPERATOR_TOKEN = 'kQ3vJ8mTz0LrX2Ns\nwP4xL9nUa1MsY3Ot';
  expect(problems({ XMTP_API_TOKEN: 'wP4xL9nUa1MsY3Ot send', XMTP_OPERATOR_TOKEN })).toEqual([
    expect.stringMatching(/^XMTP_API_TOKEN holds a token of XMTP_OPERATOR_TOKEN/u),
  ]);
  expect(problems({ XMTP_API_TOKEN: 'wP4xL9nUa1MsY3Ou send', XMTP_OPERATOR_TOKEN })).toEqual([]);
});

test('one way to the agent at a time', () => {
  expect(
    problems({
      XMTP_AGENT_URL: 'https://a.example',
      XMTP_WEBHOOK_URL: 'https://b.example',
      XMTP_WEBHOOK_SECRET: secret,
    }),
  ).toEqual(['XMTP_WEBHOOK_URL and XMTP_AGENT_URL are both set, expected one of them.']);
});

test('a program gets of the environment what was named, and none of the secrets of the server', () => {
  const XMTP_EXEC = '["/opt/agent","--once"]';
  const env = { XMTP_EXEC, OPENAI_API_KEY: 'k', OWS_PASSPHRASE: 'p', LANG: 'C', PATH: '/bin' };
  const target = (more: Record<string, string>) =>
    parseEnvironment({ ...base, ...env, ...more }).config.delivery?.target;
  expect(target({ XMTP_EXEC_ENV: 'OPENAI_API_KEY, NOT_SET' })).toEqual({
    kind: 'exec',
    command: ['/opt/agent', '--once'],
    env: { HOME: '/home/alice', PATH: '/bin', OPENAI_API_KEY: 'k' },
    cwd: '/home/alice',
  });
  expect(target({})).toMatchObject({ env: { HOME: '/home/alice', PATH: '/bin' } });
  expect(problems({ XMTP_EXEC, XMTP_EXEC_ENV: 'OWS_PASSPHRASE' })).toHaveLength(1);
  const all = {
    XMTP_AGENT_URL: 'https://a.example',
    XMTP_WEBHOOK_URL: 'https://b.example',
    XMTP_WEBHOOK_SECRET: secret,
  };
  expect(problems({ ...all, XMTP_EXEC })).toEqual([
    'XMTP_WEBHOOK_URL and XMTP_AGENT_URL and XMTP_EXEC are all set, expected one of them.',
  ]);
});

test('files are uploaded where a template says, by secrets that may lie in files', async () => {
  const XMTP_UPLOAD_URL = 'https://a.blob.core.windows.net/c/{digest}?sig=do-not-tell';
  const uploads = (more: Record<string, string>) => parseEnvironment({ ...base, ...more }).config.uploads;
  expect(uploads({})).toBeUndefined();
  expect(uploads({ XMTP_UPLOAD_URL, XMTP_UPLOAD_HEADERS: '{"x-ms-blob-type":"BlockBlob"}' })).toEqual({
    url: XMTP_UPLOAD_URL,
    publicUrl: undefined,
    headers: { 'x-ms-blob-type': 'BlockBlob' },
    s3: undefined,
    maxBytes: 10_000_000,
    timeoutMs: 60_000,
    allowPrivate: false,
  });
  const path = join(await temporaryDirectory(), 'secret');
  await writeFile(path, 'do-not-tell\n', { mode: 0o600 });
  const s3 = { XMTP_UPLOAD_S3_KEY_ID: 'AKID', XMTP_UPLOAD_S3_SECRET_FILE: path, XMTP_UPLOAD_S3_REGION: 'auto' };
  expect(uploads({ XMTP_UPLOAD_URL: 'https://s3.example/b/{digest}', ...s3, XMTP_UPLOAD_MAX: '5' })).toMatchObject({
    s3: { accessKeyId: 'AKID', secretAccessKey: 'do-not-tell', region: 'auto' },
    maxBytes: 5,
  });
  const wrong: [Record<string, string>, RegExp][] = [
    [
      { XMTP_UPLOAD_URL: 'https://x.example/all?sig=do-not-tell' },
      /^XMTP_UPLOAD_URL must hold \{digest\} in its path\.$/u,
    ],
    [{ XMTP_UPLOAD_URL: 'http://10.0.0.1/{digest}?sig=do-not-tell' }, /^XMTP_UPLOAD_URL leads to a private network/u],
    [{ XMTP_UPLOAD_URL, XMTP_UPLOAD_PUBLIC_URL: 'http://x.example/{digest}' }, /^XMTP_UPLOAD_PUBLIC_URL sends/u],
    [{ XMTP_UPLOAD_URL, XMTP_UPLOAD_HEADERS: '{"a":"do-not-tell\\n"}' }, /^XMTP_UPLOAD_HEADERS have a name/u],
    [{ XMTP_UPLOAD_URL, XMTP_UPLOAD_HEADERS: 'do-not-tell' }, /^XMTP_UPLOAD_HEADERS is a text of 11 characters/u],
    [{ XMTP_UPLOAD_URL, XMTP_UPLOAD_S3_SECRET: 'do-not-tell' }, /go together, expected both or none\.$/u],
    [{ XMTP_UPLOAD_HEADERS: '{"a":"do-not-tell"}' }, /^XMTP_UPLOAD_URL is not set/u],
    [{ XMTP_UPLOAD_URL, XMTP_UPLOAD_URL_FILE: path }, /are both set/u],
  ];
  for (const [env, line] of wrong) {
    expect(problems(env)).toEqual([expect.stringMatching(line)]);
    expect(problems(env).join()).not.toContain('do-not-tell');
  }
});

test('a misspelt variable is noticed', () => {
  const env = { XMTP_OPENMODE: 'true', XMPT_ENV: 'dev', XMTP_ENVIRONMENT: 'dev', xmtp_env: 'dev', OWS_WALET: 'bob' };
  const unrelated = { OTHER: '1', HOSTNAME: 'a', PORTS: '1', PATHS: '/', USER: 'a', XDG_RUNTIME_DIR: '/' };
  expect(parseEnvironment({ ...base, ...env, XMTP_SOMETHING: '1', ...unrelated }).unknown).toEqual([
    { name: 'XMTP_OPENMODE', meant: 'XMTP_OPEN_MODE' },
    { name: 'XMPT_ENV', meant: 'XMTP_ENV' },
    { name: 'XMTP_ENVIRONMENT', meant: 'XMTP_ENV' },
    { name: 'xmtp_env', meant: 'XMTP_ENV' },
    { name: 'OWS_WALET', meant: 'OWS_WALLET' },
    { name: 'XMTP_SOMETHING', meant: null },
  ]);
});

test('L5: every variable is explained', () => {
  expect(Object.keys(variableFacts)).toEqual(variableNames);
});

test('what the operator is told of knocks is signed by a secret that the agent does not have, and sent where deliveries may go', () => {
  const both = `whsec_${'D'.repeat(43)}=`;
  const knocks = { XMTP_KNOCK_WEBHOOK_URL: 'https://ops.example', XMTP_KNOCK_WEBHOOK_SECRET: both };
  expect(problems(knocks)).toEqual([]);
  expect(problems({ ...knocks, XMTP_WEBHOOK_URL: 'https://a.example', XMTP_WEBHOOK_SECRET: both })).toEqual([
    'XMTP_KNOCK_WEBHOOK_SECRET holds a secret of XMTP_WEBHOOK_SECRET, expected none: the agent could forge what the operator is told.',
  ]);
  expect(problems({ ...knocks, XMTP_KNOCK_WEBHOOK_URL: 'http://10.0.0.1' })).toEqual([
    'XMTP_KNOCK_WEBHOOK_URL leads to a private network, which needs XMTP_DELIVERY_PRIVATE=true.',
  ]);
});
