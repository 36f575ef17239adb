import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createDevnet } from '@xmtp-messaging/devnet';
import { networkVariables, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentMessage, RunningServer } from '../src/index.ts';
import { startAgent } from './agent-server.ts';
import {
  connected,
  createStage,
  type Page,
  request,
  spawnServer,
  type Stage,
  startProcess,
  operate,
  startServer,
} from './harness.ts';

let stage: Stage;
let alice: RunningServer;

beforeAll(async () => {
  stage = await createStage(['alice', 'bob', 'carol']);
  alice = await startServer(stage.config('alice'));
  await connected(alice.url);
});
afterAll(async () => {
  await alice.close();
  await stage.close();
});

const home = (name: string) => join(stage.root, 'xmtp', stage.wallets[name]!.toLowerCase());

test('the port opens at once and tells the truth while the network is away; the mailbox opens when it is back', async () => {
  const spare = await createDevnet({ protocol: testProtocol });
  await spare.close();
  const server = await startProcess(
    stage.env('carol', { ...networkVariables(spare.url), XMTP_HOME: join(stage.root, 'elsewhere') }),
  );
  const starting = await waitFor(async () => {
    const { body } = await request(server.url, 'GET', '/xmtp/status');
    return body['reason'] === null ? null : body;
  });
  expect(starting).toMatchObject({
    connected: false,
    address: stage.wallets['carol'],
    state: 'starting',
    reason: { code: 'NETWORK_UNREACHABLE', hint: expect.any(String) },
  });
  const refused = await request(server.url, 'POST', '/xmtp/send', { to: 'alice.test.eth', message: 'too early' });
  expect(refused).toMatchObject({ status: 503, body: { code: 'NOT_CONNECTED', state: 'starting' } });
  expect(refused.headers.get('retry-after')).toBe('2');
  const devnet = await createDevnet({ protocol: testProtocol, port: spare.port });
  await connected(server.url);
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);
  await devnet.close();
});

test('kill -9 loses nothing that was accepted, and delivers nothing twice under another id', async () => {
  const env = stage.env('bob');
  let server = await startProcess(env);
  await connected(server.url);
  await operate(server.url, 'POST', '/xmtp/allowlist', { name: 'alice.test.eth' });
  const ids: string[] = [];
  const send = async (words: string) => {
    const { body } = await request(alice.url, 'POST', '/xmtp/send', { to: 'bob.test.eth', message: words });
    ids.push(String(body['id']));
  };
  const has = (count: number) =>
    waitFor(async () => (await request<Page>(server.url, 'GET', '/xmtp/messages')).body.messages.length === count);
  await send('one');
  await has(1);
  await request(server.url, 'POST', `/xmtp/messages/${ids[0]}/ack`);
  await send('two');
  // Acknowledgements reach the disk with the next message at the latest.
  await has(2);
  server.signal('SIGKILL');
  expect(await server.ended).toBe('SIGKILL');
  for (const words of ['three', 'four']) await send(words);
  server = await startProcess(env);
  const page = await waitFor(async () => {
    const { status, body } = await request<Page>(server.url, 'GET', '/xmtp/messages');
    return status === 200 && body.messages.length >= 4 ? body : null;
  });
  expect(page.messages.map(({ id }) => id)).toEqual(ids);
  expect(page.messages.map(({ state }) => state)).toEqual(['delivered', 'pending', 'pending', 'pending']);
  expect(
    (await request<{ installations: unknown }>(server.url, 'GET', '/xmtp/status')).body.installations,
  ).toMatchObject({ used: 1 });

  const second = spawnServer(env);
  expect(await second.ended).toBe(5);
  expect(second.output()).toContain('Another process has this mailbox open.');
  expect(second.output()).not.toMatch(/\n {4}at /u);

  server.signal('SIGINT');
  expect(await server.ended).toBe(0);
});

test('with the vault gone a registered agent still sends and receives', async () => {
  const vault = join(stage.root, 'vault');
  await rename(vault, `${vault}.away`);
  try {
    const server = await startProcess(stage.env('bob'));
    await connected(server.url);
    expect((await request(server.url, 'GET', '/xmtp/status')).body['address']).toBe(stage.wallets['bob']);
    await operate(alice.url, 'POST', '/xmtp/allowlist', { address: stage.wallets['bob'] });
    const { status, body } = await request(server.url, 'POST', '/xmtp/send', {
      to: 'alice.test.eth',
      message: 'no vault',
    });
    expect(status).toBe(200);
    await waitFor(async () => (await request(alice.url, 'GET', `/xmtp/messages/${String(body['id'])}`)).status === 200);
    server.signal('SIGTERM');
    expect(await server.ended).toBe(0);
  } finally {
    // Looking for the wallet made an empty vault.
    await rm(vault, { recursive: true, force: true });
    await rename(`${vault}.away`, vault);
  }
});

test('a wallet that does not exist leaves the server up with the reason', async () => {
  const server = await startProcess(stage.env('nobody'));
  const body = await waitFor(async () => {
    const { body: status } = await request(server.url, 'GET', '/xmtp/status');
    return status['state'] === 'failed' ? status : null;
  });
  expect(body).toMatchObject({ connected: false, address: null, reason: { code: 'OWS_WALLET_NOT_FOUND' } });
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);
});

test('a port that is taken ends the program with a clear message', async () => {
  const server = spawnServer(stage.env('carol', { PORT: String(alice.port) }));
  expect(await server.ended).toBe(4);
  expect(server.output()).toMatch(/cannot listen on 127\.0\.0\.1 port \d+ \(EADDRINUSE\)/u);
});

test('H1: a bind that others can reach refuses to start without a token', async () => {
  const server = spawnServer(stage.env('carol', { HOST: '0.0.0.0' }));
  expect(await server.ended).toBe(2);
  expect(server.output()).toContain('XMTP_API_TOKEN');
});

test('H1: with a token from a file only callers who show it get in', async () => {
  const path = join(stage.root, 'token');
  await writeFile(path, 'a-token-from-a-file\n', { mode: 0o600 });
  const server = await startProcess(stage.env('carol', { HOST: '0.0.0.0', XMTP_API_TOKEN_FILE: path }));
  const url = server.url.replace('0.0.0.0', '127.0.0.1');
  expect((await request(url, 'GET', '/xmtp/status')).status).toBe(401);
  expect(
    (await request(url, 'GET', '/xmtp/status', undefined, { authorization: 'Bearer a-token-from-a-file' })).status,
  ).toBe(200);
  server.signal('SIGTERM');
  await server.ended;
  await chmod(path, 0o640);
  expect(await spawnServer(stage.env('carol', { HOST: '0.0.0.0', XMTP_API_TOKEN_FILE: path })).ended).toBe(2);
});

test('H4: what the environment says is what runs', async () => {
  const server = await startProcess(
    stage.env('carol', { XMTP_OPEN_MODE: 'true', XMTP_BOUNDARY_MODE: 'json', XMTP_OPENMODE: 'x' }),
  );
  await connected(server.url);
  expect((await request(server.url, 'GET', '/xmtp/status')).body).toMatchObject({
    mode: 'open',
    boundaryMode: 'json',
    warnings: expect.arrayContaining([
      expect.objectContaining({ code: 'VARIABLE_UNKNOWN', hint: 'Set XMTP_OPEN_MODE, if that was meant.' }),
      expect.objectContaining({ code: 'OPEN_MODE' }),
    ]),
  });
  expect((await request(server.url, 'GET', '/xmtp/prompt')).body['mode']).toBe('json');
  const sent = await request(alice.url, 'POST', '/xmtp/send', { to: 'carol.test.eth', message: 'from a stranger' });
  const message = await waitFor(async () => {
    const { status, body } = await request<AgentMessage>(
      server.url,
      'GET',
      `/xmtp/messages/${String(sent.body['id'])}`,
    );
    return status === 200 ? body : null;
  });
  expect(message.from.sender).toBe('unknown');
  expect(JSON.parse(message.text!)).toMatchObject({ text: 'from a stranger' });
  expect(server.output()).toContain('"open-mode"');
  expect(server.output()).toContain('"XMTP_OPENMODE"');
  server.signal('SIGTERM');
  await server.ended;
});

test('a signal waits for a delivery under way; a second one does not', async () => {
  const agent = await startAgent(() => new Promise(() => {}));
  const env = { XMTP_OPEN_MODE: 'true', XMTP_AGENT_URL: agent.url, XMTP_SHUTDOWN_TIMEOUT: '600000' };
  const server = await startProcess(stage.env('carol', env));
  await connected(server.url);
  await request(alice.url, 'POST', '/xmtp/send', { to: 'carol.test.eth', message: 'never answered' });
  await waitFor(() => agent.requests.length > 0);
  server.signal('SIGTERM');
  await waitFor(async () => (await request(server.url, 'GET', '/xmtp/status')).status === 503);
  server.signal('SIGTERM');
  expect(await server.ended).toBe(143);
});

test('SIGHUP stops in good order, also when whoever read the log goes before the last line of it', async () => {
  const settings = { ...networkVariables('http://127.0.0.1:1'), XMTP_SHUTDOWN_TIMEOUT: '500' };
  const server = await startProcess(stage.env('carol', settings));
  // A request that does not end keeps the last line back until the time is up.
  const caller = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  await new Promise((resolve) => caller.write('GET /xmtp/status HTTP/1.1\r\n', resolve));
  await request(server.url, 'GET', '/healthz');
  server.signal('SIGHUP');
  await waitFor(() => server.output().includes('"signal-received"'));
  server.stopReading();
  expect(await server.ended).toBe(0);
  caller.destroy();
});

test('the home is for its owner alone', async () => {
  for (const file of ['', 'boundary.key', 'encryption.key', 'wallet.json', 'journal.db', 'xmtp.db']) {
    expect([file, (await stat(join(home('bob'), file))).mode & 0o077]).toEqual([file, 0]);
  }
  expect(JSON.parse(await readFile(join(home('bob'), 'wallet.json'), 'utf8'))).toEqual({
    wallet: 'bob',
    vaultHome: join(stage.root, 'vault'),
    withoutPassphrase: true,
  });
});
