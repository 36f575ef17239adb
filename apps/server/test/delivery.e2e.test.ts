import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeliveryTarget, RunningServer, ServerConfig } from '../src/index.ts';
import { startAgent } from './agent-server.ts';
import { connected, createStage, type Page, request, type Stage, operate, startServer } from './harness.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
let stage: Stage;
let alice: RunningServer;
let bob: RunningServer | null = null;

beforeAll(async () => {
  stage = await createStage(['alice', 'bob']);
  alice = await startServer(stage.config('alice'));
  await connected(alice.url);
  await operate(alice.url, 'POST', '/xmtp/allowlist', { name: 'bob.test.eth' });
});
afterAll(async () => {
  await alice.close();
  await stage.close();
});

/** Restarts bob with an agent to deliver to, runs, and stops him. */
async function withBob(
  target: DeliveryTarget,
  run: (url: string) => Promise<void>,
  more: ServerConfig['delivery'] = {},
) {
  const delivery = { target, retryBaseMs: 20, timeoutMs: 2000, maxAttempts: 4, ...more };
  bob = await startServer(stage.config('bob', { delivery }));
  try {
    await connected(bob.url);
    await operate(bob.url, 'POST', '/xmtp/allowlist', { name: 'alice.test.eth' });
    await run(bob.url);
  } finally {
    await bob.close();
  }
}

async function send(message: string): Promise<string> {
  const { status, body } = await request(alice.url, 'POST', '/xmtp/send', { to: 'bob.test.eth', message });
  expect(status).toBe(200);
  return String(body['id']);
}

async function replyTo(words: string): Promise<number> {
  const { messages } = (await request<Page>(alice.url, 'GET', '/xmtp/messages?limit=1000')).body;
  return messages.filter(({ text }) => text?.includes(`| ${words}\n`)).length;
}

const messageState = async (url: string, id: string) =>
  (await request(url, 'GET', `/xmtp/messages/${id}`)).body['state'];

test('webhook: signed, tried again with the same id, answered once, without what a model should not say', async () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const agent = await startAgent((_, count) =>
    count < 3 ? { status: 500 } : { body: { reply: `<|im_start|>echo: webhook ${token}` } },
  );
  await withBob({ kind: 'webhook', url: `${agent.url}/hook`, secrets: [secret] }, async (url) => {
    const id = await send('webhook please');
    await waitFor(async () => (await messageState(url, id)) === 'delivered');
    expect(agent.requests.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id]);
    for (const { body, headers } of agent.requests) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        data: { id, text: expect.stringContaining('| webhook please') },
      });
    }
    const reply = await waitFor(async () => {
      const { messages } = (await request<Page>(alice.url, 'GET', '/xmtp/messages')).body;
      return messages.length > 0 && messages;
    });
    expect(reply).toHaveLength(1);
    expect(reply[0]!.text).toContain('| echo: webhook');
    expect(reply[0]!.text).not.toMatch(/im_start|ghp_/u);
  });
});

test('webhook: after its last attempt a message is dead, visible, and can be replayed', async () => {
  let well = false;
  const agent = await startAgent(() =>
    well ? { status: 200 } : { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
  );
  await withBob({ kind: 'webhook', url: agent.url, secrets: [secret] }, async (url) => {
    const id = await send('nobody home');
    await waitFor(async () => (await messageState(url, id)) === 'dead');
    expect(agent.requests).toHaveLength(4);
    expect((await operate<Page>(url, 'GET', '/xmtp/dead')).body.messages).toMatchObject([
      { id, lastError: expect.stringContaining('redirect') },
    ]);
    well = true;
    expect((await operate(url, 'POST', `/xmtp/dead/${id}/replay`)).status).toBe(200);
    await waitFor(async () => (await messageState(url, id)) === 'delivered');
  });
});

test('webhook: 410 stops deliveries, keeps the message, and says so', async () => {
  const agent = await startAgent(() => ({ status: 410 }));
  let id = '';
  await withBob({ kind: 'webhook', url: agent.url, secrets: [secret] }, async (url) => {
    id = await send('gone');
    await waitFor(
      async () =>
        (await request<{ delivery: { state: string } }>(url, 'GET', '/xmtp/status')).body.delivery.state === 'disabled',
    );
    expect(await messageState(url, id)).toBe('pending');
    expect(agent.requests).toHaveLength(1);
  });
  const revived = await startAgent(() => ({ status: 204 }));
  await withBob({ kind: 'webhook', url: revived.url, secrets: [secret] }, async (url) => {
    await waitFor(async () => (await messageState(url, id)) === 'delivered');
  });
});

test('webhook: an agent that dies and comes back gets everything, in order', async () => {
  const first = await startAgent(() => ({ status: 204 }));
  const port = Number(new URL(first.url).port);
  await withBob(
    { kind: 'webhook', url: first.url, secrets: [secret] },
    async (url) => {
      const ids = [await send('before')];
      await waitFor(() => first.requests.length === 1);
      await first.close();
      for (const words of ['during 1', 'during 2', 'during 3']) ids.push(await send(words));
      await waitFor(
        async () =>
          (await request<{ delivery: { lastError: unknown } }>(url, 'GET', '/xmtp/status')).body.delivery.lastError,
      );
      const second = await startAgent(() => ({ status: 204 }), port);
      await waitFor(async () => (await messageState(url, ids[3]!)) === 'delivered');
      expect(second.requests.map(({ headers }) => headers['webhook-id'])).toEqual(ids.slice(1));
    },
    { maxAttempts: 1000 },
  );
});

test('a person who asks fast gets every answer: what is held back waits, is shown, and comes when it is asked for', async () => {
  const agent = await startAgent((_, count) => ({ body: { reply: `quick answer ${count}` } }));
  await withBob(
    { kind: 'webhook', url: agent.url, secrets: [secret] },
    async (url) => {
      const ids = await Promise.all([1, 2, 3, 4, 5].map((count) => send(`quick question ${count}`)));
      await waitFor(async () => {
        const { messages } = (await request<Page>(url, 'GET', '/xmtp/messages?limit=1000')).body;
        return messages.some(({ lastError, state }) => state === 'pending' && lastError?.includes('loop guard'));
      });
      expect(agent.requests).toHaveLength(3);
      expect((await request(url, 'POST', '/xmtp/delivery/retry')).body).toMatchObject({ ok: true });
      for (const id of ids) await waitFor(async () => (await messageState(url, id)) === 'delivered');
      await waitFor(async () => {
        const { messages } = (await request<Page>(alice.url, 'GET', '/xmtp/messages?limit=1000')).body;
        return messages.filter(({ text }) => text?.includes('| quick answer ')).length === 5;
      });
    },
    { repliesPerWindow: 3 },
  );
});

test('REST-AP: an agent with an immediate result, and one that thinks', async () => {
  let asked = '';
  const agent = await startAgent(({ url, body }) => {
    if (url === '/talk' && body.includes('quick')) return { body: { result: 'quick answer' } };
    if (url === '/talk') {
      asked = body;
      return { body: { query_id: 'q1', status: 'processing' } };
    }
    const items =
      asked === ''
        ? []
        : [{ type: 'query.completed', timestamp: Date.now(), query_id: 'q1', data: { result: 'slow answer' } }];
    return { body: { items, timestamp: Date.now() } };
  });
  await withBob({ kind: 'rest-ap', url: agent.url }, async (url) => {
    const [quick, slow] = [await send('quick one'), await send('slow one')];
    await waitFor(async () => (await messageState(url, slow)) === 'delivered');
    expect(await messageState(url, quick)).toBe('delivered');
    await waitFor(() => replyTo('slow answer'));
    expect([await replyTo('quick answer'), await replyTo('slow answer')]).toEqual([1, 1]);
    expect(JSON.parse(asked)).toMatchObject({
      from: `xmtp:${stage.wallets['alice']}`,
      message: expect.stringContaining('| slow one'),
    });
  });
});

test('XMTP stands beside REST-AP: the server offers no /talk and no /news', async () => {
  for (const path of ['/talk', '/news']) {
    expect((await request(alice.url, 'POST', path, { message: 'Hi' })).status).toBe(404);
    expect((await request(alice.url, 'GET', path)).status).toBe(404);
  }
});

test('two agents that answer everything stop at the limit, and nothing of it is lost', async () => {
  const agent = await startAgent((_, count) => ({ body: { reply: `echo ${count}` } }));
  const delivery = { target: { kind: 'webhook', url: agent.url, secrets: [secret] } as const, repliesPerWindow: 3 };
  const other = await startServer(stage.config('bob', { delivery }));
  await alice.close();
  alice = await startServer(stage.config('alice', { delivery }));
  await Promise.all([connected(alice.url), connected(other.url)]);
  await send('start');
  const heldBack = async ({ url }: RunningServer) =>
    (await request<{ loopGuard: { heldBack: number } }>(url, 'GET', '/xmtp/status')).body.loopGuard.heldBack;
  await waitFor(async () => (await Promise.all([alice, other].map(heldBack))).some((count) => count > 0), {
    timeoutMs: 20_000,
    what: 'silence',
  });
  // It waits, or is a dead letter once it is plain that only a program goes on like this.
  const held = await waitFor(async () => {
    const found = (
      await Promise.all(
        [alice, other].map(
          async ({ url }) => (await request<Page>(url, 'GET', '/xmtp/messages?limit=1000')).body.messages,
        ),
      )
    )
      .flat()
      .filter(({ lastError }) => lastError?.includes('loop guard'));
    return found.length > 0 && found;
  });
  for (const { state } of held) expect(['pending', 'dead']).toContain(state);
  for (const { url } of [alice, other]) {
    const { messages } = (await request<Page>(url, 'GET', '/xmtp/messages?limit=1000')).body;
    const answers = messages.filter(({ text }) => text?.includes('| echo ')).length;
    expect(answers).toBeGreaterThan(0);
    expect(answers).toBeLessThanOrEqual(3);
  }
  await other.close();
});

test('the operator is told who knocks, and a file in the home says that mail is pending', async () => {
  const operator = await startAgent(() => ({ status: 204 }));
  const knockWebhook = { url: operator.url, secrets: [secret] };
  bob = await startServer(stage.config('bob', { knockWebhook, signalFile: true }));
  const { url } = bob;
  try {
    await connected(url);
    await operate(url, 'DELETE', '/xmtp/allowlist/alice.test.eth');
    await send('unheard words');
    await waitFor(() => operator.requests.length > 0, { timeoutMs: 20_000, what: 'news of the knock' });
    const [{ body, headers }] = operator.requests as [(typeof operator.requests)[number]];
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'knock.received',
      data: { knocks: [{ address: stage.wallets['alice'], listed: false }] },
    });
    expect(body).not.toContain('unheard');
    await operate(url, 'POST', '/xmtp/allowlist', { name: 'alice.test.eth' });
    const id = await send('heard words');
    const path = join(stage.root, 'xmtp', stage.wallets['bob']!.toLowerCase(), 'inbox', 'pending');
    // What the tests before left behind counts as well.
    const pending = async () =>
      (await request<Page>(url, 'GET', '/xmtp/messages?state=pending&limit=1000')).body.messages;
    await waitFor(async () => (await pending()).some((message) => message.id === id), { what: 'the message' });
    await waitFor(async () => /^[1-9]\d*\n$/u.test(await readFile(path, 'utf8').catch(() => '')), { what: 'the file' });
    await waitFor(
      async () => {
        for (const message of await pending()) await request(url, 'POST', `/xmtp/messages/${message.id}/ack`, {});
        return (await readFile(path, 'utf8').catch(() => null)) === null;
      },
      { what: 'its end' },
    );
  } finally {
    await bob.close();
  }
});
