import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createHome, createPerson, open, received, sendUntilSent, sendUntilStored, startNetwork } from './stage.ts';

test('stranded publish: what the SDK gave up on is published by id, once', async () => {
  const network = await startNetwork();
  const [alice, bob] = await Promise.all([open(network.url), open(network.url)]);
  const to = { address: bob.address };
  await alice.send({ to, text: '0' });
  network.faults.set({ errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE', times: 7 }] });
  const texts = Array.from({ length: 40 }, (_, index) => String(index + 1));
  const results = await Promise.all(texts.map((text) => alice.send({ to, text })));
  expect(results.every(({ status }) => status === 'sent')).toBe(true);
  // Sends that overlapped may change places when the network fails between them; nothing else may.
  await alice.send({ to, text: 'end' });
  const arrived = (await received(bob, 42)).map(({ text }) => text);
  expect([arrived[0], arrived.at(-1)]).toEqual(['0', 'end']);
  expect(new Set(arrived)).toEqual(new Set(['0', ...texts, 'end']));
});

test('a send that began after another returned never overtakes it, however the network fails', async () => {
  const network = await startNetwork();
  const [alice, bob] = await Promise.all([open(network.url), open(network.url)]);
  const to = { address: bob.address };
  await alice.send({ to, text: '0' });
  network.faults.set({
    errors: [
      { method: 'SendGroupMessages', code: 'UNAVAILABLE', times: 8 },
      { method: 'SendGroupMessages', code: 'UNAVAILABLE', afterwards: true, probability: 0.3 },
      { method: 'QueryGroupMessages', code: 'UNAVAILABLE', probability: 0.3 },
    ],
  });
  const texts = Array.from({ length: 10 }, (_, index) => String(index + 1));
  for (const text of texts) await alice.send({ to, text });
  network.faults.clear();
  expect((await received(bob, 11)).map(({ text }) => text)).toEqual(['0', ...texts]);
});

test('a lost answer is not a lost message: the same message is asked for again and arrives once', async () => {
  const network = await startNetwork();
  const [alice, bob] = await Promise.all([open(network.url), open(network.url)]);
  const to = { address: bob.address };
  await alice.send({ to, text: '0' });
  network.faults.set({ errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE', afterwards: true, times: 8 }] });
  await Promise.all(['1', '2', '3'].map((text) => alice.send({ to, text })));
  await alice.send({ to, text: '4' });
  const messages = await received(bob, 5);
  expect(messages.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4']);
});

test('outcome unknown is said as such, keeps its key, and settles by itself', async () => {
  const network = await startNetwork();
  const home = await createHome();
  const person = createPerson();
  const alice = await open(network.url, { home, person, sendDeadlineMs: 500 });
  const bob = await open(network.url);
  const to = { address: bob.address };
  await sendUntilSent(alice, { to, text: 'first' });
  network.faults.set({ refuseWrites: true });
  const request = { to, text: 'second', idempotencyKey: 'k' };
  const result = await sendUntilStored(alice, request);
  expect(result).toMatchObject({ status: 'unknown', replayed: false });
  expect(alice.status().outbox).toEqual({ queued: 1, unsettled: 1, oldestUnsettledMs: expect.any(Number) });
  expect(await alice.send(request)).toMatchObject({ status: 'unknown', replayed: true, messageId: result.messageId });
  network.faults.clear();
  const messages = await received(bob, 2);
  expect(messages[1]).toMatchObject({ text: 'second', messageId: result.messageId });
  await waitFor(() => alice.status().outbox.queued === 0);
  expect(await alice.send(request)).toEqual({ ...result, status: 'sent', replayed: true });
});

test('a message stored in a duplicate of a direct message goes out there, although another is in use by now', async () => {
  const network = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const options = { home, person, sendDeadlineMs: 3_000 };
  const [first, bob] = await Promise.all([open(network.url, options), open(network.url, { reconcileEveryMs: 500 })]);
  const [toAlice, toBob] = [{ address: first.address }, { address: bob.address }];
  // Both create at once: neither knows of the other's conversation yet.
  await Promise.all([first.send({ to: toBob, text: '1' }), bob.send({ to: toAlice, text: '1' })]);
  network.faults.set({ partitions: [{ installationId: first.installationId }] });
  const stored = await first.send({ to: toBob, text: '2', idempotencyKey: 'k' });
  expect(stored.status).toBe('unknown');
  await first.close({ timeoutMs: 0 });

  network.faults.clear();
  await bob.send({ to: toAlice, text: '3' });
  network.faults.set({ errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE' }] });
  const second = await open(network.url, options);
  await received(second, 2);
  await second.close({ timeoutMs: 0 });

  network.faults.clear();
  const third = await open(network.url, options);
  await waitFor(() => third.status().outbox.queued === 0, { timeoutMs: 20_000, what: 'the message to settle' });
  const messages = await received(bob, 2);
  expect(messages.map(({ text, messageId }) => [text, messageId])).toEqual([
    ['1', expect.any(String)],
    ['2', stored.messageId],
  ]);
});

test('idempotency: a key means one request, across restarts too', async () => {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const bob = await open(url);
  const to = { address: bob.address };
  let alice = await open(url, { home, person });
  const request = { to, text: 'hello', idempotencyKey: 'order-1' };
  const [first, twin] = await Promise.all([alice.send(request), alice.send(request)]);
  expect(twin).toEqual({ ...first, replayed: true });
  await expect(alice.send({ ...request, text: 'other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  await alice.close();
  alice = await open(url, { home, person });
  expect(await alice.send(request)).toEqual({ ...first, replayed: true });
  await expect(alice.send({ ...request, contentType: 'markdown' })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  });
  await alice.send({ to, text: 'end' });
  expect((await received(bob, 2)).map(({ text }) => text)).toEqual(['hello', 'end']);
});

test('a key that the caller learns from the answer is honoured too, after a restart as well', async () => {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const bob = await open(url);
  const alice = await open(url, { home, person });
  const request = { to: { address: bob.address }, text: 'once', idempotencyKey: 'made-by-us', keepsKey: false };
  const result = await alice.send(request);
  expect(await alice.send(request)).toEqual({ ...result, replayed: true });
  await alice.close();
  const again = await open(url, { home, person });
  expect(await again.send(request)).toEqual({ ...result, replayed: true });
  expect(await received(bob, 1)).toHaveLength(1);
});

test('too busy is said at once, and what was taken is still sent', async () => {
  const network = await startNetwork();
  const alice = await open(network.url, { maxQueuedSends: 2 });
  const bob = await open(network.url);
  const to = { address: bob.address };
  const results = await Promise.allSettled(['a', 'b', 'c'].map((text) => alice.send({ to, text })));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(results[2]).toMatchObject({ reason: { code: 'TOO_BUSY', retryable: true } });
  expect((await received(bob, 2)).map(({ text }) => text)).toEqual(['a', 'b']);
});

test('requests that cannot be meant are refused with their reason', async () => {
  const { url } = await startNetwork();
  const alice = await open(url);
  const to = { address: createPerson().address };
  const refused = (request: Parameters<typeof alice.send>[0], code: string) =>
    expect(alice.send(request)).rejects.toMatchObject({ code });
  await refused({ to, text: 'nobody there' }, 'RECIPIENT_NOT_FOUND');
  await refused({ to, text: '' }, 'MESSAGE_EMPTY');
  await refused({ to, text: 'ä'.repeat(500_001) }, 'MESSAGE_TOO_LARGE');
  await refused({ to: { address: '0x12' }, text: 'x' }, 'INVALID_REQUEST');
  await refused({ to: { conversationId: 'ab'.repeat(16) }, text: 'x' }, 'CONVERSATION_NOT_FOUND');
  await refused({ to, text: 'x', idempotencyKey: '' }, 'INVALID_REQUEST');
  await alice.close();
  await refused({ to, text: 'x' }, 'CLOSED');
});

test('64 callers at once to one recipient: everything arrives once, in order', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = await Promise.all([open(url), open(url)]);
  const texts = Array.from({ length: 64 }, (_, index) => String(index));
  await Promise.all(texts.map((text) => alice.send({ to: { address: bob.address }, text })));
  expect((await received(bob, 64)).map(({ text }) => text)).toEqual(texts);
});

test('an agent may write to itself', async () => {
  const { url } = await startNetwork();
  const alice = await open(url);
  expect(await alice.send({ to: { address: alice.address }, text: 'note' })).toMatchObject({ status: 'sent' });
  expect(alice.inbox.lastSeq()).toBe(0);
});

test('closing tells every waiting caller at once what became of its message', async () => {
  const network = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const alice = await open(network.url, { home, person });
  const bob = await open(network.url);
  const to = { address: bob.address };
  await alice.send({ to, text: 'first' });
  network.faults.set({ refuseWrites: true });
  const stored = alice.send({ to, text: 'stored', idempotencyKey: 'k' });
  await waitFor(() => alice.status().outbox.unsettled === 1);
  const waiting = alice.send({ to, text: 'waiting' });
  const [first, second] = await Promise.allSettled([stored, waiting, alice.close({ timeoutMs: 200 })]);
  expect(first).toMatchObject({ value: { status: 'unknown' } });
  expect(second).toMatchObject({ reason: { code: 'CLOSED' } });
  network.faults.clear();
  await open(network.url, { home, person });
  expect((await received(bob, 2)).map(({ text }) => text)).toEqual(['first', 'stored']);
});

test('closing answers those whose conversation is still looked for, and sends nothing of theirs', async () => {
  const network = await startNetwork();
  const [alice, bob] = [await open(network.url), await open(network.url)];
  network.faults.set({ partitions: [{ installationId: alice.installationId, mode: 'silence' }] });
  const request = { to: { address: bob.address }, text: 'late', idempotencyKey: 'k' };
  const sends = [alice.send(request), alice.send(request), alice.send({ ...request, idempotencyKey: undefined })];
  const [, ...results] = await Promise.allSettled([alice.close({ timeoutMs: 100 }), ...sends]);
  expect(results).toEqual(
    sends.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'CLOSED' }) })),
  );
  network.faults.clear();
  expect(bob.inbox.lastSeq()).toBe(0);
});

test('a key whose send was given up is honoured when the message can be sent: the same message, once', async () => {
  const network = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const bob = await open(network.url);
  const options = { home, person, sendDeadlineMs: 500 };
  const request = { to: { address: bob.address }, text: 'second', idempotencyKey: 'k' };
  const before = await open(network.url, options);
  await sendUntilSent(before, { to: request.to, text: 'first' });
  network.faults.set({ refuseWrites: true });
  const { messageId } = await sendUntilStored(before, request);
  await before.close({ timeoutMs: 0 });
  const journal = new DatabaseSync(join(home, 'journal.db'));
  expect(journal.prepare("update outbound set state = 'failed' where idempotency_key = 'k'").run().changes).toBe(1);
  journal.close();

  const alice = await open(network.url, options);
  expect(await alice.send(request)).toMatchObject({ status: 'unknown', messageId, replayed: true });
  network.faults.clear();
  await waitFor(() => alice.status().outbox.queued === 0, { timeoutMs: 20_000, what: 'the send to be settled' });
  expect(await alice.send(request)).toMatchObject({ status: 'sent', messageId, replayed: true });
  expect((await received(bob, 2)).map(({ text }) => text)).toEqual(['first', 'second']);
});
