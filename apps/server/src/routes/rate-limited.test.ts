import { createGovernor, type MailboxStatus } from '@xmtp-messaging/xmtp-core';
import { expect, test } from 'vitest';
import { createMemoryApp } from '../../test/memory-app.ts';

/** What a mailbox throws when its governor lets nothing through. */
async function rateLimited(): Promise<Error> {
  const calls = createGovernor({ random: () => 0 }).join();
  calls.note(new Error('1 exceeds rate limit R192.0.2.1DEF'));
  return await calls
    .run({ class: 'send', cost: { reads: 1, writes: 1 } }, () => Promise.resolve(new Error('it was let through')))
    .catch((error: unknown) => error as Error);
}

test('a send beyond the budget of the network answers 503 with the time when it makes sense', async () => {
  const app = await createMemoryApp();
  const error = await rateLimited();
  app.mailbox.answerSends(() => Promise.reject(error));
  const response = await app.request('POST', '/xmtp/send', { to: 'bob.eth', message: 'hello' });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '65']);
  expect(await response.json()).toMatchObject({ ok: false, code: 'RATE_LIMITED' });
});

test('while no call is made, status, readiness, metrics and warnings say until when', async () => {
  const app = await createMemoryApp();
  const silentUntil = Date.now() + 60_000;
  const { budget } = { budget: { reads: { left: 0, limit: 20_000 }, writes: { left: 12, limit: 3_000 } } };
  const rest = { calls: { reads: 20_000, writes: 2_988 }, minute: { used: 3, limit: 4_900 }, refusals: 1, waiting: 0 };
  app.mailbox.showStatus({ state: 'rate-limited', budget: { ...budget, ...rest, silentUntil } });
  const status = await (await app.request('GET', '/xmtp/status')).json();
  expect(status).toMatchObject({
    connected: false,
    state: 'rate-limited',
    budget: { silentUntil: new Date(silentUntil).toISOString() },
    warnings: expect.arrayContaining([expect.objectContaining({ code: 'RATE_LIMITED' })]),
  });
  expect((await app.request('GET', '/readyz')).status).toBe(503);
  const metrics = await (await app.operator('GET', '/metrics')).text();
  expect(metrics).toMatch(/^xmtp_network_reads_left 0$/m);
  expect(metrics).toMatch(/^xmtp_network_writes_left 12$/m);
  expect(metrics).toMatch(/^xmtp_network_silent_seconds (5\d|60)(\.\d+)?$/m);
});

test('one direction that fails is named, and readiness follows', async () => {
  const app = await createMemoryApp();
  const before = (await (await app.request('GET', '/xmtp/status')).json()) as { connected: boolean };
  const ok = { state: 'ok', lastOkAt: 1, error: null } as const;
  const error = { code: 'NETWORK_UNREACHABLE', message: 'The XMTP network does not answer.', at: 2_000 };
  const directions: MailboxStatus['directions'] = {
    receiving: ok,
    sending: { state: 'failing', lastOkAt: 1_000, error },
    identity: ok,
    storage: ok,
  };
  app.mailbox.showStatus({ state: 'degraded', directions });
  expect(await (await app.request('GET', '/xmtp/status')).json()).toMatchObject({
    connected: false,
    directions: {
      sending: { state: 'failing', error: { code: 'NETWORK_UNREACHABLE', at: '1970-01-01T00:00:02.000Z' } },
    },
  });
  expect([before.connected, (await app.request('GET', '/readyz')).status]).toEqual([true, 503]);
  expect(await (await app.operator('GET', '/metrics')).text()).toMatch(/^xmtp_sending_ok 0$/m);
});
