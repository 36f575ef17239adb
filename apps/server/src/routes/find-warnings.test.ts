import { createManualClock, temporaryDirectory } from '@xmtp-messaging/testing';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMemoryApp, type MemoryApp, type MemoryAppOptions } from '../../test/memory-app.ts';
import type { PushStatus } from '../delivery/types.ts';
import { createDiskWatch, freeSpace } from './free-space.ts';
import type { Warning } from './find-warnings.ts';

async function warningsOf(app: MemoryApp): Promise<Warning[]> {
  return ((await (await app.request('GET', '/xmtp/status')).json()) as { warnings: Warning[] }).warnings;
}
const codesOf = async (app: MemoryApp) => (await warningsOf(app)).map(({ code }) => code);
const minute = 60_000;
const journal = { pending: 0, dead: 0, delivered: 0, dropped: 0, oldestPendingAt: null, waiting: [] };

test('a healthy server warns of nothing', async () => {
  expect(await warningsOf(await createMemoryApp())).toEqual([]);
});

test.each<[string, MemoryAppOptions]>([
  ['OPEN_MODE', { mode: 'open' }],
  ['TOKEN_WEAK', { weakToken: true }],
  ['PASSPHRASE_EMPTY', { passphraseEmpty: true }],
  ['DISK_NEARLY_FULL', { disk: { free: 255 * 1024 * 1024, total: 10 ** 12 } }],
  ['VARIABLE_UNKNOWN', { unknownVariables: [{ name: 'XMPT_ENV', meant: 'XMTP_ENV' }] }],
  ['DISK_NEARLY_FULL', { disk: { free: 1000, total: 100_000 } }],
])('%s is told, with what to do, and counted', async (code, options) => {
  const app = await createMemoryApp(options);
  expect(await warningsOf(app)).toEqual([
    { code, message: expect.stringMatching(/^[A-Z].+\.$/u), hint: expect.stringMatching(/^[A-Z].+\.$/u) },
  ]);
  expect(await (await app.operator('GET', '/metrics')).text()).toContain(`xmtp_warning{code="${code}"} 1`);
});

test('a small disk is not nearly full because it is small', async () => {
  expect(await codesOf(await createMemoryApp({ disk: { free: 50_000_000, total: 200_000_000 } }))).toEqual([]);
});

test('dead letters, old pending messages and stuck sends come and go', async () => {
  const clock = createManualClock();
  const app = await createMemoryApp({ now: () => clock.now() });
  app.mailbox.showStatus({ inbox: { ...journal, dead: 2, pending: 1, oldestPendingAt: clock.now() } });
  expect(await codesOf(app)).toEqual(['DEAD_LETTERS']);
  clock.advance(16 * minute);
  app.mailbox.showStatus({ outbox: { queued: 0, unsettled: 1, oldestUnsettledMs: 61_000 } });
  const found = await warningsOf(app);
  expect(found.map(({ code }) => code)).toEqual(['DEAD_LETTERS', 'PENDING_OLD', 'SENDS_STUCK']);
  expect(found.map(({ message }) => message).join(' ')).toMatch(/2 messages .* 16 minutes.* 1 send /u);
  app.mailbox.showStatus({ inbox: journal, outbox: { queued: 1, unsettled: 1, oldestUnsettledMs: 100 } });
  expect(await codesOf(app)).toEqual([]);
});

test('limits of the inbox and losses of the home', async () => {
  const app = await createMemoryApp();
  app.mailbox.showStatus({
    installations: { used: 8, limit: 10 },
    identityUpdates: { used: 200, limit: 256, warning: true },
    losses: [{ code: 'JOURNAL_LOST', message: 'The journal was begun anew.' }],
  });
  expect(await codesOf(app)).toEqual(['JOURNAL_LOST', 'IDENTITY_UPDATES', 'INSTALLATIONS']);
});

test('a proxy in front of a server without a token', async () => {
  const app = await createMemoryApp();
  expect(await codesOf(app)).toEqual([]);
  await app.request('GET', '/xmtp/messages', undefined, { 'x-forwarded-for': '203.0.113.9' });
  expect(await codesOf(app)).toEqual(['PROXY_WITHOUT_TOKEN']);
});

test.each([
  ['DELIVERY_DISABLED', { state: 'disabled' }],
  ['DELIVERY_FAILING', { failing: 1, lastError: { message: 'the webhook answered 500', at: 1 } }],
  ['REPLIES_HELD_BACK', { heldBack: 2 }],
  ['MIXED_GROUP_ANSWERS_HELD_BACK', { mixedGroups: { heldBack: 2, lastAt: Date.now() } }],
] as const)('delivery: %s', async (code, state) => {
  const delivery: PushStatus = {
    channel: 'webhook',
    state: 'running',
    inFlight: 0,
    failing: 0,
    heldBack: 0,
    mixedGroups: { heldBack: 0, lastAt: null },
    lastError: null,
    lastDeliveredAt: null,
  };
  expect(await codesOf(await createMemoryApp({ delivery: { ...delivery, ...state } }))).toEqual([code]);
});

test('the space of a real disk; a folder that is not there has none', async () => {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'a'), 'a');
  const space = freeSpace(folder);
  expect(space!.free).toBeGreaterThan(0);
  expect(space!.total).toBeGreaterThanOrEqual(space!.free);
  expect(freeSpace(join(folder, 'absent'))).toBeNull();
  const clock = createManualClock();
  let asked = 0;
  const watch = createDiskWatch(
    () => {
      asked += 1;
      return folder;
    },
    () => clock.now(),
  );
  for (const step of [0, -3_600_000, 4999, 1]) {
    clock.advance(step);
    expect(watch()?.total).toBe(space!.total);
  }
  expect(asked).toBe(2);
});
