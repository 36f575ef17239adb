import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { connectMcp } from '../../test/mcp-client.ts';
import { createMemoryApp } from '../../test/memory-app.ts';

const stolen = 'wP4xL9nUa1MsY3Ot-stolen';
const fresh = 'bT7yC2hWd5RfZ6Gk-fresh';

async function setUp({ whose = 'tokenFile', lookAtCallersMs = 1_000_000 } = {}) {
  const file = join(await temporaryDirectory(), 'token');
  const say = (token: string) => writeFile(file, `${token}\n`, { mode: 0o600 });
  await say(stolen);
  let time = Date.now();
  const app = await createMemoryApp({ [whose]: file, lookAtCallersMs, now: () => time });
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    app,
    as,
    revoke: async () => {
      await say(fresh);
      // The file is looked at once in a second.
      time += 1500;
    },
  };
}

test.each([
  ['/xmtp/events', 'tokenFile'],
  ['/xmtp/changes', 'operatorTokenFile'],
])('%s ends when the token that opened it is revoked', async (path, whose) => {
  const { app, as, revoke } = await setUp({ whose });
  const stream = await app.request('GET', path, undefined, as(stolen));
  expect(stream.status).toBe(200);
  await revoke();
  await app.mailbox.receive({ text: 'for the owner alone' });
  expect(await stream.text()).not.toContain('for the owner alone');
  expect((await app.request('GET', path, undefined, as(stolen))).status).toBe(401);
});

test('a quiet one ends, too', async () => {
  const { app, as, revoke } = await setUp({ lookAtCallersMs: 1 });
  const stream = await app.request('GET', '/xmtp/events', undefined, as(stolen));
  await revoke();
  expect(await stream.text()).not.toContain('event: message');
});

test('who waits for a message, or listens over MCP, hears nothing any more', async () => {
  const { app, as, revoke } = await setUp({ lookAtCallersMs: 1 });
  const waiting = app.request('GET', '/xmtp/messages?wait=30', undefined, as(stolen));
  const client = await connectMcp(app, stolen);
  const heard: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.push(params.uri));
  await client.subscribeResource({ uri: 'xmtp://inbox' });
  await revoke();
  await app.mailbox.receive({ text: 'for the owner alone' });
  const answer = await waiting;
  expect([answer.status, await answer.text()]).toEqual([401, expect.not.stringContaining('owner')]);
  await expect(client.listTools()).rejects.toThrow('401');
  expect(heard).toEqual([]);
});
