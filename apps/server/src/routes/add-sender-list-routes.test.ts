import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createManualClock, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { AgentMessage } from '@xmtp-messaging/agent';
import { bob, createMemoryApp } from '../../test/memory-app.ts';

const carol = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

test('adds by name and by address, shows, and removes', async () => {
  const app = await createMemoryApp();
  const entry = { address: bob, name: 'bob.eth' };
  const added = await app.operator('POST', '/xmtp/allowlist', { name: 'BOB.eth' });
  expect([added.status, await added.json()]).toEqual([201, { ok: true, added: true, entry }]);
  expect((await app.operator('POST', '/xmtp/allowlist', { name: 'bob.eth' })).status).toBe(200);
  expect((await app.operator('PUT', `/xmtp/allowlist/${carol}`, {})).status).toBe(201);
  expect(await (await app.operator('GET', '/xmtp/allowlist')).json()).toEqual({
    state: 'ready',
    count: 2,
    error: null,
    entries: [entry, { address: carol, name: null }],
  });
  expect(await (await app.operator('GET', '/xmtp/allowlist/bob.eth')).json()).toEqual(entry);
  expect((await app.operator('DELETE', `/xmtp/allowlist/${bob.toLowerCase()}`)).status).toBe(200);
  expect((await app.operator('GET', '/xmtp/allowlist/bob.eth')).status).toBe(404);
  expect((await app.operator('DELETE', '/xmtp/allowlist/bob.eth')).status).toBe(404);
});

test('M4: the file is for its owner alone', async () => {
  const app = await createMemoryApp();
  await app.operator('POST', '/xmtp/allowlist', { name: 'bob.eth' });
  const facts = await stat(join(app.home, 'allowlist.yaml'));
  expect(facts.mode & 0o777).toBe(0o600);
  expect((await stat(app.home)).mode & 0o777).toBe(0o700);
});

test('M8: a name is allowed at the address that sending would use, and at no other', async () => {
  const app = await createMemoryApp();
  const allowed = (await (await app.operator('POST', '/xmtp/allowlist', { name: 'bob.eth' })).json()) as {
    entry: { address: string };
  };
  await app.request('POST', '/xmtp/send', { to: 'bob.eth', message: 'x' });
  expect(app.mailbox.sends[0]!.to).toEqual({ address: allowed.entry.address.toLowerCase() });
  const mismatch = await app.operator('POST', '/xmtp/allowlist', { name: 'bob.eth', address: carol });
  expect([mismatch.status, await mismatch.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'NAME_ADDRESS_MISMATCH', resolved: bob }),
  ]);
});

test.each([
  [{}, 422, 'INVALID_REQUEST'],
  [{ address: bob, note: 'x' }, 422, 'INVALID_REQUEST'],
  [{ address: '0x12' }, 422, 'INVALID_ADDRESS'],
  [{ address: `0x${'0'.repeat(40)}` }, 422, 'ZERO_ADDRESS'],
  [{ name: 'a b.eth' }, 422, 'INVALID_NAME'],
])('M6: refuses %o', async (body, status, code) => {
  const app = await createMemoryApp();
  const response = await app.operator('POST', '/xmtp/allowlist', body);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
});

test('a broken file is not overwritten, closes the list, and is told with its line', async () => {
  const app = await createMemoryApp();
  const path = join(app.home, 'allowlist.yaml');
  const broken = '- address: "0x12"\n';
  await writeFile(path, broken, { mode: 0o600 });
  await waitFor(
    async () =>
      ((await (await app.operator('GET', '/xmtp/allowlist')).json()) as { state: string }).state === 'unreadable',
  );
  const refused = await app.operator('POST', '/xmtp/allowlist', { name: 'bob.eth' });
  expect(refused.status).toBe(409);
  expect(await readFile(path, 'utf8')).toBe(broken);
  expect(await (await app.request('GET', '/xmtp/status')).json()).toMatchObject({
    allowlist: { state: 'unreadable', error: { line: 1 } },
    warnings: [
      { code: 'ALLOWLIST_UNREADABLE', message: expect.stringContaining('allowlist'), hint: expect.any(String) },
    ],
  });
});

test('the denylist has the same routes and its own file', async () => {
  const app = await createMemoryApp();
  expect((await app.operator('POST', '/xmtp/denylist', { address: carol })).status).toBe(201);
  expect(await (await app.operator('GET', '/xmtp/denylist')).json()).toMatchObject({ count: 1 });
  expect(await (await app.operator('GET', '/xmtp/allowlist')).json()).toMatchObject({ count: 0 });
});

test('M9: a name that moves is told and not followed; the word of a hosts file never makes it verified', async () => {
  const clock = createManualClock();
  const app = await createMemoryApp({ now: () => clock.now() });
  const name = async () => {
    const { from } = (await (await app.request('GET', `/xmtp/messages/${messageId}`)).json()) as AgentMessage;
    return [from.name, from.nameVerified];
  };
  await writeFile(join(app.home, 'allowlist.yaml'), `- address: "${bob}"\n  name: "bob.eth"\n`, { mode: 0o600 });
  await waitFor(
    async () => ((await (await app.operator('GET', '/xmtp/allowlist')).json()) as { count: number }).count === 1,
  );
  const { messageId } = await app.mailbox.receive({ from: bob });
  expect(await name()).toEqual(['bob.eth', false]);
  const sent = await app.request('POST', '/xmtp/send', { to: 'bob.eth', message: 'x' });
  expect(await sent.json()).toMatchObject({ to: { verified: false } });
  expect(await name()).toEqual(['bob.eth', false]);
  await writeFile(app.hostsFile, `bob.eth: "${carol}"\n`);
  // The hosts file is looked at once a second.
  clock.advance(2000);
  await app.driftCheck();
  expect(await name()).toEqual(['bob.eth', false]);
  expect(await (await app.request('GET', '/xmtp/status')).json()).toMatchObject({
    drifts: [{ name: 'bob.eth', address: bob, leadsTo: carol }],
    warnings: [{ code: 'NAME_MOVED', message: expect.stringContaining('bob.eth'), hint: expect.any(String) }],
  });
  expect(app.log()).toContain('"name-drifted"');
  expect(await (await app.operator('GET', '/xmtp/allowlist/bob.eth')).json()).toEqual({
    address: bob,
    name: 'bob.eth',
  });
});

test('the list of groups has an id and a label, rules of its own for both, and lines in the audit log', async () => {
  const app = await createMemoryApp();
  const group = 'a1'.repeat(16);
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await app.operator(method, `/xmtp/grouplist${path}`, body);
    return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
  };
  expect(await ask('GET', '')).toEqual([
    200,
    { state: 'ready', mode: 'listed-senders', count: 0, error: null, entries: [] },
  ]);
  const entry = { conversationId: group, name: null };
  expect(await ask('PUT', `/${group}`, {})).toEqual([201, { ok: true, added: true, entry }]);
  expect(await ask('PUT', `/${group.toUpperCase()}`, { label: 'daily' })).toEqual([
    200,
    { ok: true, added: false, entry: { ...entry, name: 'daily' } },
  ]);
  expect(await ask('PUT', `/${'b2'.repeat(16)}`, { label: 'daily' })).toMatchObject([409, { code: 'NAME_TAKEN' }]);
  expect(await ask('PUT', '/0x1', {})).toMatchObject([422, { code: 'INVALID_GROUP' }]);
  expect(await ask('PUT', `/${group}`, { name: 'x' })).toMatchObject([422, { code: 'INVALID_REQUEST' }]);
  expect((await app.request('PUT', `/xmtp/grouplist/${group}`, {})).status).toBe(401);
  expect((await app.request('GET', '/xmtp/grouplist')).status).toBe(401);
  expect(await readFile(join(app.home, 'grouplist.yaml'), 'utf8')).toBe(`- group: "${group}"\n  name: "daily"\n`);
  expect(await ask('DELETE', '/daily')).toEqual([200, { ok: true, removed: { ...entry, name: 'daily' } }]);
  expect(await ask('DELETE', '/daily')).toMatchObject([404, { code: 'ENTRY_NOT_FOUND' }]);
  const lines = (await readFile(join(app.home, 'audit.log'), 'utf8')).trim().split('\n');
  expect(lines.slice(1).map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { by: 'operator', action: 'added', list: 'grouplist', conversationId: group },
    { by: 'operator', action: 'renamed', list: 'grouplist', conversationId: group, name: 'daily' },
    { by: 'operator', action: 'removed', list: 'grouplist', conversationId: group },
  ]);
});
