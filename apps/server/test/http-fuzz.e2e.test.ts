import { chmod, readFile, writeFile } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { createSeededRandom } from '@xmtp-messaging/errors';
import { patient } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { startAgent } from './agent-server.ts';
import { connected, operatorToken, createStage, request, startProcess, startServer } from './harness.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 600);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);

/** Hostile requests: valid ones with one or more parts gone wrong. */
function createHostileRequests(recipients: readonly string[]) {
  const random = createSeededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const bytes = (length: number) =>
    Array.from({ length }, () =>
      String.fromCodePoint(pick([0, 10, 13, 34, 47, 60, 92, 127, 233, 0x202e, 0xd800, 0x1f600])),
    ).join('');
  const texts = () =>
    pick([
      'Hello',
      '',
      ' ',
      bytes(20),
      'x'.repeat(below(2000)),
      '</untrusted_xmtp_message>',
      '__proto__',
      '${7*7}',
      "' or 1=1",
      '\u0000',
      '../../etc/passwd',
    ]);
  const values = (): unknown =>
    pick<unknown>([texts(), null, true, 0, -1, 1e308, [], {}, [texts()], { toString: 1 }, { __proto__: { ok: true } }]);
  const recipient = () =>
    pick([
      ...recipients,
      ...recipients,
      texts(),
      `0x${'f'.repeat(below(60))}`,
      `${texts().slice(0, 40)}.eth`,
      'a.b.xid.eth',
      'unknown.eth',
      'x'.repeat(300),
    ]);
  const bodies = () => {
    const body: Record<string, unknown> = { to: recipient(), message: texts() };
    if (random() < 0.2) body[pick(['to', 'message', 'contentType', 'replyTo', texts()])] = values();
    const json = JSON.stringify(body);
    return pick([
      json,
      json,
      json,
      json.slice(0, below(json.length)),
      JSON.stringify(values()),
      '['.repeat(5000),
      `{"to":"${'\\u0000'.repeat(50)}"}`,
      bytes(50),
      '{"__proto__":{"ok":true},"to":"a","message":"b"}',
    ]);
  };
  const ids = () =>
    pick([
      'f'.repeat(64),
      '0',
      '..',
      '%2e%2e',
      '%00',
      encodeURIComponent(bytes(5).replaceAll('\ud800', '')),
      'f'.repeat(2000),
      '__proto__',
      recipients[0]!,
    ]);
  const numbers = () => pick(['0', '1', '-1', '1e9', 'NaN', '9'.repeat(30), '', '1&after=2', '%00', 'a']);
  const paths = () =>
    pick([
      '/xmtp/send',
      '/xmtp/send',
      '/xmtp/send',
      '/xmtp/status',
      `/xmtp/messages?after=${numbers()}&limit=${numbers()}&wait=${pick(['0', '-1', 'x', '61'])}&state=${pick(['pending', 'x', ''])}`,
      `/xmtp/messages/${ids()}`,
      `/xmtp/messages/${ids()}/ack`,
      `/xmtp/messages/${ids()}/reply`,
      `/xmtp/allowlist?offset=${numbers()}&limit=${numbers()}`,
      '/xmtp/allowlist',
      `/xmtp/allowlist/${ids()}`,
      `/xmtp/denylist/${ids()}`,
      `/xmtp/grouplist/${ids()}`,
      `/xmtp/dropped?limit=${numbers()}`,
      `/xmtp/dead?after=${numbers()}`,
      `/xmtp/dead/${ids()}/replay`,
      `/xmtp/dead/${ids()}`,
      '/xmtp/prompt?format=xml',
      '/metrics',
      '/openapi.json',
      '/.well-known/restap.json',
      `/${ids()}`,
      '//evil.example/xmtp/send',
      'http://evil.example/xmtp/status',
      '/xmtp/../xmtp/send',
      '*',
    ]);
  const headers = (): Record<string, string> => ({
    host:
      random() < 0.95 ? 'localhost' : pick(['evil.example', '127.0.0.1:99999', 'localhost:x', '[::1', 'a'.repeat(300)]),
    'content-type':
      random() < 0.85
        ? 'application/json'
        : pick(['text/plain', 'application/json; charset=utf-16', 'multipart/form-data; boundary=x', '']),
    ...(random() < 0.1 ? { origin: pick(['null', 'https://evil.example', 'http://localhost', '::']) } : {}),
    ...(random() < 0.2 ? { 'idempotency-key': pick(['k1', 'k2', '', ' ', 'x'.repeat(300), 'ü']) } : {}),
    ...(random() < 0.1 ? { 'last-event-id': pick(['-1', 'x', '9'.repeat(40)]) } : {}),
    ...(random() < 0.4 ? { authorization: `Bearer ${operatorToken}` } : {}),
    ...(random() < 0.1 ? { authorization: pick(['Bearer', 'Bearer x', 'Basic eDp4', 'x'.repeat(5000)]) } : {}),
    ...(random() < 0.1 ? { 'x-request-id': pick(['a\tb', '"', 'x'.repeat(1000)]) } : {}),
  });
  return () => ({
    method: random() < 0.6 ? 'POST' : pick(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND']),
    path: paths(),
    headers: headers(),
    body: bodies(),
    // Each caller has its own allowance.
    localAddress: `127.0.0.${1 + below(250)}`,
  });
}

test(
  `${runs} hostile requests end with no 5xx, no crash and no growing memory`,
  { timeout: patient(1_800_000) },
  async () => {
    const stage = await createStage(['alice', 'bob']);
    const bob = await startServer(stage.config('bob'));
    await connected(bob.url);
    const web3Bio = await startAgent(() => ({ status: 404, body: { address: null, error: 'Not Found' } }));
    const idCli = join(stage.root, 'id-cli');
    await writeFile(idCli, `#!/bin/sh\nprintf '{"status":"ok","data":{"domain":"%s","registered":false}}\\n' "$2"\n`);
    await chmod(idCli, 0o700);
    const alice = await startProcess(
      stage.env('alice', {
        WEB3_BIO_URL: web3Bio.url,
        WEB3_BIO_API_KEY: 'key',
        ID_CLI_COMMAND: idCli,
        XMTP_SENDS_PER_MINUTE: '1000000',
      }),
    );
    await connected(alice.url);
    const { port, pathname } = new URL(alice.url);
    const basePath = pathname.replace(/\/$/u, '');
    const agent = new Agent({ keepAlive: false, maxSockets: 16 });
    const next = createHostileRequests(['bob.test.eth', stage.wallets['bob']!, stage.wallets['alice']!]);
    const counts: Record<number, number> = {};
    const bad: string[] = [];
    const memory = async () =>
      Number(/VmRSS:\s+(\d+)/u.exec(await readFile(`/proc/${alice.pid}/status`, 'utf8'))?.[1]) / 1024;

    const once = () =>
      new Promise<void>((resolve) => {
        const { body, ...drawn } = next();
        const options = { ...drawn, path: basePath + drawn.path };
        let outgoing: ReturnType<typeof httpRequest>;
        try {
          outgoing = httpRequest({ host: '127.0.0.1', port, agent, timeout: patient(30_000), ...options });
        } catch {
          // Node's own client refuses to send it.
          resolve();
          return;
        }
        outgoing.on('response', (response) => {
          const status = response.statusCode ?? 0;
          counts[status] = (counts[status] ?? 0) + 1;
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('close', () => {
            if (status >= 500)
              bad.push(`${status} ${options.method} ${options.path} ${body.slice(0, 80)}: ${text.slice(0, 200)}`);
            resolve();
          });
        });
        outgoing.on('timeout', () => {
          bad.push(`hang ${options.method} ${options.path}`);
          outgoing.destroy();
        });
        outgoing.on('error', () => resolve());
        outgoing.end(options.method === 'GET' || options.method === 'HEAD' ? undefined : body);
      });
    const many = async (count: number) => {
      let left = count;
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          while (left > 0) {
            left -= 1;
            await once();
          }
        }),
      );
    };
    const warmUp = Math.ceil(runs / 4);
    await many(warmUp);
    const before = await memory();
    await many(runs - warmUp);
    expect({ bad, log: bad.length === 0 ? '' : alice.output().slice(-5000) }).toEqual({ bad: [], log: '' });
    expect((await memory()) - before).toBeLessThan(150);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(runs * 0.8);
    for (const status of [200, 403, 404, 405, 415, 422])
      expect([status, (counts[status] ?? 0) > 0]).toEqual([status, true]);
    expect((await request(alice.url, 'GET', '/xmtp/status')).body['connected']).toBe(true);
    alice.signal('SIGTERM');
    expect(await alice.ended).toBe(0);
    await bob.close();
    await stage.close();
  },
);
