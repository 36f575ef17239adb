import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createManualClock, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { bob, createMemoryApp } from '../../test/memory-app.ts';
import { mailboxFailure } from '../../../../packages/agent/test/mailbox-failure.ts';

const mallory = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

type Body = Record<string, unknown>;

async function setUp() {
  const clock = createManualClock();
  const app = await createMemoryApp({ now: () => clock.now() });
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await app.operator(method, path, body, headers);
    return { status: response.status, body: (await response.json()) as Body };
  };
  return {
    ...app,
    ask,
    send: (more: Body = {}, headers: Record<string, string> = {}) =>
      ask('POST', '/xmtp/send', { to: 'bob.eth', message: 'a secret for bob', ...more }, headers),
    /** The name gets a new owner. */
    move: async (address: string) => {
      await writeFile(app.hostsFile, `bob.eth: "${address}"\n`);
      // The hosts file is looked at once a second.
      clock.advance(2000);
    },
    sentTo: () => app.mailbox.sends.map(({ to }) => ('address' in to ? to.address : to.conversationId)),
  };
}

const refused = { code: 'ADDRESS_CHANGED', name: 'bob.eth', address: bob, leadsTo: mallory };

test('a listed name that has moved is nobody until the operator says so', async () => {
  const { ask, send, move, sentTo } = await setUp();
  await ask('POST', '/xmtp/allowlist', { name: 'bob.eth' });
  expect((await send()).status).toBe(200);
  await move(mallory);
  for (const to of ['bob.eth', 'BOB.eth', 'b\u00adob.eth']) {
    const { status, body } = await send({ to });
    expect({ status, body }).toMatchObject({ status: 409, body: refused });
    expect(body['detail']).toContain(bob);
    expect(body['detail']).toContain(mallory);
    expect(body['hint']).toContain('DELETE /xmtp/allowlist/bob.eth');
  }
  expect((await ask('GET', '/xmtp/status')).body).toMatchObject({ drifts: [{ name: 'bob.eth', leadsTo: mallory }] });
  expect(sentTo()).toEqual([bob.toLowerCase()]);
  // The way that the answer names.
  await ask('DELETE', '/xmtp/allowlist/bob.eth');
  expect(await ask('POST', '/xmtp/allowlist', { name: 'bob.eth' })).toMatchObject({
    status: 201,
    body: { entry: { address: mallory }, changedSince: { address: bob } },
  });
  const accepted = await send();
  expect(accepted).toMatchObject({ status: 200, body: { to: { address: mallory } } });
  expect(accepted.body).not.toHaveProperty('changedSince');
});

test.each([
  ['POST', '', { name: 'bob.eth' }],
  ['POST', '', { name: 'BOB.eth', address: bob }],
  ['POST', '', { name: 'bob.eth', address: mallory }],
  ['POST', '', { address: 'bob.eth' }],
  ['PUT', '/bob.eth', {}],
  ['PUT', `/${mallory}`, { name: 'bob.eth' }],
])('an entry that has moved is not moved by %s%s %o', async (method, path, body) => {
  for (const list of ['allowlist', 'denylist']) {
    const { ask, move } = await setUp();
    await ask('POST', `/xmtp/${list}`, { name: 'bob.eth' });
    await move(mallory);
    const answer = await ask(method, `/xmtp/${list}${path}`, body);
    expect(answer).toMatchObject({ status: 409, body: refused });
    expect(answer.body['hint']).toContain(`DELETE /xmtp/${list}/bob.eth`);
    expect((await ask('GET', `/xmtp/${list}`)).body['entries']).toEqual([{ address: bob, name: 'bob.eth' }]);
  }
});

test('a name that was only written to is told when it has moved, once, and refused with strict', async () => {
  const { send, move, sentTo } = await setUp();
  expect((await send()).body).not.toHaveProperty('changedSince');
  await move(mallory);
  const answer = await send({ strict: true });
  expect(answer).toMatchObject({ status: 409, body: refused });
  expect(answer.body['hint']).toContain('without "strict"');
  expect(await send()).toMatchObject({
    status: 200,
    body: { to: { address: mallory }, changedSince: { address: bob, since: expect.any(String) } },
  });
  const again = await send({ strict: true });
  expect(again.status).toBe(200);
  expect(again.body).not.toHaveProperty('changedSince');
  expect(sentTo()).toEqual([bob, mallory, mallory].map((each) => each.toLowerCase()));
});

test('asking again under a key means who was meant the first time, and asks no source', async () => {
  const { send, move, sentTo, hostsFile } = await setUp();
  const key = { 'idempotency-key': 'k' };
  await send({}, key);
  await move(mallory);
  expect(await send({}, key)).toMatchObject({ status: 200, body: { to: { address: bob } } });
  await chmod(hostsFile, 0o000);
  expect(await send({ to: 'Bob.eth', strict: true }, key)).toMatchObject({
    status: 200,
    body: { to: { address: bob } },
  });
  expect(sentTo()).toEqual([bob, bob, bob].map((each) => each.toLowerCase()));
});

test('the key of an unknown outcome, which the caller learns from the answer, means the same', async () => {
  const { send, move, sentTo, mailbox } = await setUp();
  const result = { messageId: 'ab'.repeat(32), conversationId: 'cd'.repeat(16), replayed: false };
  mailbox.answerSends(() => Promise.resolve({ ...result, status: 'unknown' }));
  const { body } = await send();
  await move(mallory);
  mailbox.answerSends(() => Promise.resolve({ ...result, status: 'sent', replayed: true }));
  expect((await send({}, { 'idempotency-key': String(body['idempotencyKey']) })).status).toBe(200);
  expect(sentTo()).toEqual([bob, bob].map((each) => each.toLowerCase()));
});

test('a send that came to nothing binds its key to nobody', async () => {
  const { send, move, sentTo, mailbox } = await setUp();
  const key = { 'idempotency-key': 'k' };
  mailbox.answerSends(() => Promise.reject(mailboxFailure('RECIPIENT_NOT_FOUND')));
  expect((await send({}, key)).status).toBe(422);
  await move(mallory);
  expect((await send({}, key)).status).toBe(422);
  expect(sentTo()).toEqual([bob, mallory].map((each) => each.toLowerCase()));
});

test('while the allowlist is in doubt, a name is followed only to where it was written to before', async () => {
  const { ask, send, move, home } = await setUp();
  const spoil = async () => {
    await writeFile(join(home, 'allowlist.yaml'), '- address: "0x12"\n', { mode: 0o600 });
    await waitFor(async () => (await ask('GET', '/xmtp/allowlist')).body['state'] === 'unreadable');
  };
  await spoil();
  expect(await send()).toMatchObject({ status: 409, body: { code: 'ALLOWLIST_UNREADABLE' } });
  expect((await send({ to: bob })).status).toBe(200);
  await writeFile(join(home, 'allowlist.yaml'), '');
  await waitFor(async () => (await ask('GET', '/xmtp/allowlist')).body['state'] === 'ready');
  await send();
  await spoil();
  expect((await send()).status).toBe(200);
  await move(mallory);
  expect(await send()).toMatchObject({ status: 409, body: refused });
});

test('the answer says whether what comes back will be heard', async () => {
  const { ask, send } = await setUp();
  expect((await send()).body).toMatchObject({ ok: true, heard: false });
  await ask('POST', '/xmtp/allowlist', { address: bob });
  const { body } = await send();
  expect(body['heard']).toBe(true);
  expect(Object.keys(body).slice(0, 2)).toEqual(['ok', 'message']);
  await ask('POST', '/xmtp/denylist', { address: bob });
  expect((await send()).body['heard']).toBe(false);
  const open = await createMemoryApp({ mode: 'open' });
  const answer = await open.request('POST', '/xmtp/send', { to: 'bob.eth', message: 'x' });
  expect(await answer.json()).toMatchObject({ heard: true });
});
