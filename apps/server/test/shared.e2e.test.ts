import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createWallet } from '@open-wallet-standard/core';
import { patient, waitFor } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSharedServer, type ServerConfig, startSharedServer } from '../src/index.ts';
import { type Answer, createStage, type Page, request, spawnServer, type Stage } from './harness.ts';

let stage: Stage;
let server: RunningSharedServer;
let passphraseFile: string;
/** Takes what it is given, and never answers. */
let hook: { server: Server; calls: number };
/** What the port as a whole asks of its operator. */
const portToken = 'q7Rk-of-the-whole-port-X2';
const tokens: Record<string, string> = { ana: 'kQ3vJ8mTz0LrX2Ns', ben: 'wP4xL9nUa1MsY3Ot', cleo: 'bT7yC2hWd5RfZ6Gk' };
const operatorOf = (name: string) => `operator-of-${name}-4uZ9w`;
const names = Object.keys(tokens);

const settingsOf = (name: string): ServerConfig => {
  const config = stage.config(name);
  const wallet = name === 'ben' ? { ...config.wallet, credentialFile: { path: passphraseFile } } : config.wallet;
  const url = `http://127.0.0.1:${(hook.server.address() as AddressInfo).port}`;
  const delivery = { target: { kind: 'webhook' as const, url, secrets: [] } };
  return {
    ...config,
    ...(name === 'cleo' ? { delivery } : {}),
    wallet,
    http: { ...config.http, token: tokens[name], operatorToken: operatorOf(name), agent: `${name}.1` },
  };
};

beforeAll(async () => {
  stage = await createStage(['ana', 'cleo']);
  passphraseFile = join(stage.root, 'passphrase');
  hook = { calls: 0, server: createServer(() => void (hook.calls += 1)) };
  await new Promise<void>((resolve) => hook.server.listen(0, '127.0.0.1', resolve));
  createWallet('ben', 'the right one', 12, join(stage.root, 'vault', '.ows'));
  await writeFile(passphraseFile, 'the wrong one', { mode: 0o600 });
  const home = join(stage.root, 'xmtp', stage.wallets['cleo']!.toLowerCase());
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeFile(join(home, 'allowlist.yaml'), '- {address: [', { mode: 0o600 });
  server = await startSharedServer({
    // Many wrong tokens are tried below.
    http: { port: 0, operatorToken: portToken, freeAuthFailures: 60 },
    homeRoot: join(stage.root, 'xmtp'),
    agents: [...names, 'dan'].map((name) => ({
      name,
      settings: async () => {
        if (name === 'dan') throw new Error('a part that fails');
        return { config: settingsOf(name === 'dan' ? 'ana' : name) };
      },
    })),
  });
});
afterAll(async () => {
  hook.server.closeAllConnections();
  hook.server.close();
  await server.close();
  await stage.close();
});

const ask = <Body = Record<string, unknown>>(
  [name, method, path]: readonly [string, string, string],
  token: string,
  body?: unknown,
  headers: Record<string, string> = {},
) =>
  request<Body>(server.url, method, `/agents/${name}${path}`, body, { authorization: `Bearer ${token}`, ...headers });
const viewOf = (name: string) => server.agents().find((each) => each.name === name)!;
const isConnected = (name: string) => waitFor(() => viewOf(name).connected, { timeoutMs: 20_000, what: name });
const asPort = (method: string, path: string, token = portToken) =>
  request<{ agents: { name: string; state: string; reason: { code: string } | null }[] }>(
    server.url,
    method,
    path,
    undefined,
    {
      authorization: `Bearer ${token}`,
    },
  );

test('one agent with a wrong passphrase, one with a broken list and one that cannot start hold up nobody', async () => {
  await Promise.all([isConnected('ana'), isConnected('cleo')]);
  await waitFor(() => viewOf('ben').reason !== null && viewOf('dan').reason !== null);
  expect((await request(server.url, 'GET', '/readyz')).status).toBe(200);
  const { body } = await asPort('GET', '/agents');
  const shown = body.agents.map(({ name, reason }) => [name, reason?.code ?? null]);
  expect(shown).toEqual([
    ['ana', null],
    ['ben', 'SIGNER_FAILED'],
    ['cleo', null],
    ['dan', 'CRASHED'],
  ]);
  const status = await ask<{ allowlist: unknown }>(['cleo', 'GET', '/xmtp/status'], tokens['cleo']!);
  expect(status.body.allowlist).toMatchObject({ state: 'unreadable' });
  expect(JSON.stringify(body)).not.toContain('the wrong one');

  // Each gets well by itself, without a restart of the others.
  await writeFile(passphraseFile, 'the right one');
  await isConnected('ben');
  await ask(['ben', 'POST', '/xmtp/allowlist'], operatorOf('ben'), { address: stage.wallets['ana'] });
  const sent = await ask(['ana', 'POST', '/xmtp/send'], tokens['ana']!, {
    to: viewOf('ben').address,
    message: 'well?',
  });
  expect(sent.status).toBe(200);
  await waitFor(async () => {
    const page = await ask<Page>(['ben', 'GET', '/xmtp/messages'], tokens['ben']!);
    return page.body.messages.length === 1;
  });
  expect((await ask<Page>(['cleo', 'GET', '/xmtp/messages'], tokens['cleo']!)).body.messages).toEqual([]);
  expect(server.agents().map(({ name, restarts }) => [name, restarts > 0])).toEqual([
    ['ana', false],
    ['ben', false],
    ['cleo', false],
    ['dan', expect.any(Boolean)],
  ]);
});

test("one agent's tokens open no other, and who has none learns not even who is there", async () => {
  const routes = [
    ['GET', '/xmtp/status'],
    ['GET', '/xmtp/messages'],
    ['POST', '/xmtp/send'],
    ['GET', '/xmtp/allowlist'],
    ['GET', '/metrics'],
    ['GET', '/healthz'],
    ['POST', '/mcp'],
    ['GET', '/openapi.json'],
    ['GET', '/none'],
  ] as const;
  const what = ({ status, body, headers }: Answer<Record<string, unknown>>) => [
    status,
    { ...body, requestId: '' },
    headers.get('www-authenticate'),
  ];
  for (const [method, path] of routes) {
    const body = method === 'POST' ? {} : undefined;
    const nobody = what(await ask(['zoe', method, path], portToken, body));
    expect([path, nobody[0]]).toEqual([path, 401]);
    for (const token of [tokens['ana']!, operatorOf('ana'), 'none'])
      expect([path, what(await ask(['ben', method, path], token, body))]).toEqual([path, nobody]);
  }
  // The port's own routes are its operator's alone, who is that of every agent behind it, and of none that is not there.
  expect((await ask(['ben', 'GET', '/xmtp/allowlist'], portToken)).status).toBe(200);
  for (const token of [tokens['ana']!, operatorOf('ana')])
    expect((await asPort('GET', '/agents', token)).status).toBe(401);
  const wrong = await ask(['ana', 'GET', '/xmtp/status'], tokens['ana']!, undefined, { 'xmtp-agent': 'ben.1' });
  expect(wrong).toMatchObject({ status: 403, body: { code: 'WRONG_AGENT' } });
  const right = await ask(['ana', 'GET', '/xmtp/status'], tokens['ana']!, undefined, { 'xmtp-agent': 'ana.1' });
  expect(right.status).toBe(200);
});

test('the metrics of all tell agents apart; those of one are of one', async () => {
  const all = (await asPort('GET', '/metrics')).text;
  expect(all).toMatch(/^xmtp_connected\{agent="ana"\} 1$/mu);
  expect(all).toMatch(/^xmtp_sends_total\{result="sent",agent="ana"\} 1$/mu);
  expect(all).toMatch(/^process_resident_memory_bytes /mu);
  expect(all).toMatch(/^xmtp_network_reads \d/mu);
  expect(all.match(/^# TYPE xmtp_connected /gmu)).toHaveLength(1);
  const one = (await ask(['ana', 'GET', '/metrics'], operatorOf('ana'))).text;
  expect(one).toMatch(/^xmtp_connected 1$/mu);
  expect(one).not.toContain('ben');
});

test(
  'what befalls one in mid-run holds up nobody: a hook that hangs, a broken list, a damaged journal, a database that is gone',
  { timeout: patient(90_000) },
  async () => {
    const restarts = () => server.agents().flatMap(({ name, restarts: count }) => (name === 'dan' ? [] : [count]));
    const before = restarts();
    const say = async (from: string, to: string, message: string) =>
      (await ask([from, 'POST', '/xmtp/send'], tokens[from]!, { to: viewOf(to).address, message })).status;
    const words = async (name: string) =>
      (await ask<Page>([name, 'GET', '/xmtp/messages'], tokens[name]!)).body.messages.map(({ text }) => text);
    const home = join(stage.root, 'xmtp', viewOf('cleo').address!.toLowerCase());
    // Its list is mended, so that there is somebody to hear, and what comes is handed to a hook that never answers.
    await writeFile(join(home, 'allowlist.yaml'), '[]\n', { mode: 0o600 });
    await waitFor(async () => {
      const entry = { address: stage.wallets['ana'] };
      return (await ask(['cleo', 'POST', '/xmtp/allowlist'], operatorOf('cleo'), entry)).status < 300;
    });
    expect(await say('ana', 'cleo', 'for the hook')).toBe(200);
    await waitFor(() => hook.calls > 0, { timeoutMs: 20_000, what: 'the hook to be called' });

    await writeFile(join(home, 'allowlist.yaml'), '- {address: [', { mode: 0o600 });
    await truncate(join(home, 'journal.db'), 5_000);
    for (const name of await readdir(home)) if (name.startsWith('xmtp.db')) await rm(join(home, name));
    await say('ana', 'cleo', 'into the void');
    expect(await say('cleo', 'ana', 'from the void')).toBeGreaterThanOrEqual(200);

    await ask(['ana', 'POST', '/xmtp/allowlist'], operatorOf('ana'), { address: viewOf('ben').address });
    expect(await say('ana', 'ben', 'still there?')).toBe(200);
    await waitFor(async () => (await words('ben')).some((text) => text?.includes('| still there?')));
    expect(await say('ben', 'ana', 'I am')).toBe(200);
    await waitFor(async () => (await words('ana')).some((text) => text?.includes('| I am')));
    expect((await request(server.url, 'GET', '/readyz')).status).toBe(200);
    expect(restarts()).toEqual(before);

    // Started anew it is refused, and says why; the others go on.
    await asPort('POST', '/agents/cleo/stop');
    await asPort('POST', '/agents/cleo/start');
    await waitFor(() => viewOf('cleo').reason?.code === 'DATABASE_LOST', {
      timeoutMs: 20_000,
      what: 'why it cannot start',
    });
    expect(await say('ana', 'ben', 'and now?')).toBe(200);
    expect(viewOf('ben').connected).toBe(true);
  },
);

test(
  'an error that nobody waited for starts its own agent anew, and neither the process nor the other',
  { timeout: patient(90_000) },
  async () => {
    const homes = join(stage.root, 'elsewhere');
    const file = join(stage.root, 'agents.json');
    const agents = ['ana', 'cleo'].map((name) => ({ name, env: stage.env(name, { XMTP_HOME: homes }) }));
    await writeFile(file, JSON.stringify({ agents }), { mode: 0o600 });
    const child = spawnServer({
      ...stage.env('ana', { XMTP_HOME: homes }),
      XMTP_AGENTS_FILE: file,
      PLANTED_IN: stage.wallets['ana']!.toLowerCase(),
      NODE_OPTIONS: `--import ${new URL('plant-crash.ts', import.meta.url).href}`,
    });
    const lines = () => child.output().split('\n');
    const said = (event: string, agent: string) =>
      lines().filter((line) => line.includes(`"${event}"`) && line.includes(`"agent":"${agent}"`)).length;
    const open = (agent: string) => said('installation-registered', agent) === 1;
    await waitFor(() => open('ana') && open('cleo'), { timeoutMs: 40_000, what: `both to open; ${child.output()}` });
    expect([said('agent-crashed', 'ana'), said('agent-restarts', 'ana'), said('agent-restarts', 'cleo')]).toEqual([
      1, 1, 0,
    ]);
    child.signal('SIGTERM');
    expect(await child.ended).toBe(0);
  },
);

test('wrong tokens are counted for the port as a whole: each further agent is no further guess', async () => {
  const tries = Array.from({ length: 40 }, (_, index) => ['ana', 'ben', 'cleo', 'zoe'][index % 4]!);
  const answers = [];
  for (const name of tries) answers.push((await ask([name, 'GET', '/xmtp/status'], `guess-${name}-number`)).status);
  expect(answers).toContain(429);
  expect((await ask(['ana', 'GET', '/xmtp/status'], tokens['ana']!)).status).toBe(200);
});

test('one is stopped and started again, and all are stopped in good order', async () => {
  expect((await asPort('POST', '/agents/ana/stop')).body).toMatchObject({ state: 'stopped' });
  expect([401, 429]).toContain((await ask(['ana', 'GET', '/xmtp/status'], tokens['ana']!)).status);
  expect((await ask(['ben', 'GET', '/xmtp/status'], tokens['ben']!)).status).toBe(200);
  expect((await asPort('POST', '/agents/zoe/stop')).status).toBe(404);
  await asPort('POST', '/agents/ana/start');
  await isConnected('ana');
  await server.close();
  expect(server.agents().map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});
