import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { MailboxEvent } from '../src/index.ts';
import { createHome, createPerson, open, openSdkClient, received, startNetwork } from './stage.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

test('swallowed stream events: what the bell never told is found by reconcile, all of it, in order', async () => {
  const network = await startNetwork();
  const bob = await open(network.url, { reconcileEveryMs: 1_000 });
  const alice = await open(network.url);
  network.faults.set({ streams: [{ swallowEvery: 1 }] });
  for (const text of numbers(12)) await alice.send({ to: { address: bob.address }, text });
  expect((await received(bob, 12)).map(({ text }) => text)).toEqual(numbers(12));
});

test('one swallowed event in the middle loses nothing, although the SDK would have lost it for good', async () => {
  const network = await startNetwork();
  const [alice, bob] = await Promise.all([open(network.url), open(network.url)]);
  await alice.send({ to: { address: bob.address }, text: '0' });
  await received(bob, 1);
  network.faults.set({ streams: [{ method: 'SubscribeGroupMessages', swallowEvery: 7 }] });
  for (const text of numbers(30).slice(1)) await alice.send({ to: { address: bob.address }, text });
  expect((await received(bob, 30)).map(({ text }) => text)).toEqual(numbers(30));
});

test('broken stream: the bell is hung up again, and what came in between is there', async () => {
  const network = await startNetwork();
  const [alice, bob] = await Promise.all([open(network.url), open(network.url, { reconcileEveryMs: 60_000 })]);
  await waitFor(() => bob.status().bell.up);
  network.faults.set({ errors: [{ method: 'SubscribeWelcomeMessages', code: 'UNAVAILABLE', times: 2 }] });
  expect(network.faults.dropStreams()).toBeGreaterThan(0);
  await waitFor(() => !bob.status().bell.up);
  await alice.send({ to: { address: bob.address }, text: 'while it was down' });
  expect((await received(bob, 1))[0]?.text).toBe('while it was down');
  await waitFor(() => bob.status().bell.up);
  await alice.send({ to: { address: bob.address }, text: 'after' });
  await received(bob, 2, 5_000);
});

test('without a bell, reconcile alone delivers', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = await Promise.all([open(url), open(url, { bell: false })]);
  await alice.send({ to: { address: bob.address }, text: 'hello' });
  await received(bob, 1);
  expect(bob.status().bell).toEqual({ enabled: false, up: false, lastRingAt: null, since: null, reason: null });
});

test('status tells the truth: degraded with the reason while the network is away, connected once it is back', async () => {
  const network = await startNetwork();
  const bob = await open(network.url, { reconcileEveryMs: 300 });
  const alice = await open(network.url);
  expect(bob.status().state).toBe('connected');
  network.faults.set({ errors: [{ code: 'UNAVAILABLE' }] });
  await waitFor(() => bob.status().state === 'degraded', { timeoutMs: 20_000 });
  expect(bob.status().reason).toMatchObject({ code: 'NETWORK_UNREACHABLE' });
  network.faults.clear();
  await waitFor(() => bob.status().state === 'connected', { timeoutMs: 20_000 });
  await alice.send({ to: { address: bob.address }, text: 'back' });
  await received(bob, 1);
});

test('undecodable messages are recorded and passed; the next one is not held up', async () => {
  const { url } = await startNetwork();
  const bob = await open(url);
  const dm = await (await openSdkClient(url)).conversations.createDm(bob.inboxId);
  const text = { authorityId: 'xmtp.org', typeId: 'text', versionMajor: 1, versionMinor: 0 };
  const bytes = new Uint8Array([0xff, 0xfe, 0x00]);
  await dm.send({ type: text, parameters: {}, content: bytes });
  await dm.send({ type: text, parameters: {}, content: bytes, compression: 1 });
  await dm.send({ type: { ...text, authorityId: 'example.org' }, parameters: {}, content: bytes });
  await dm.send({ type: { ...text, typeId: 'reply' }, parameters: {}, content: bytes });
  await dm.sendText('readable');
  const messages = await received(bob, 5);
  expect(messages.map((message) => message.text)).toEqual([null, null, null, null, 'readable']);
  expect(messages.map(({ contentType }) => contentType)).toContain('example.org/text:1.0');
});

test('historical: what waited longer than told is marked, what is fresh is not', async () => {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  await (await open(url, { home, person })).close();
  const alice = await open(url);
  await alice.send({ to: { address: person.address }, text: 'old' });
  const later = () => Date.now() + 3_700_000;
  const bob = await open(url, { home, person, now: later });
  expect(await received(bob, 1)).toMatchObject([{ text: 'old', historical: true }]);
  await bob.close();
  await alice.send({ to: { address: person.address }, text: 'new' });
  const again = await open(url, { home, person });
  expect((await received(again, 2))[1]).toMatchObject({ text: 'new', historical: false });
});

test('a backlog in many conversations is all there after a start, in order per conversation, once', async () => {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const first = await open(url, { home, person });
  const { inboxId } = first;
  await first.close();
  const texts = numbers(Number(process.env['BACKLOG_MESSAGES'] ?? 500) / 10);
  const senders = await Promise.all(numbers(10).map(() => openSdkClient(url)));
  await Promise.all(
    senders.map(async (sender) => {
      const dm = await sender.conversations.createDm(inboxId);
      for (let start = 0; start < texts.length; start += 32) {
        for (const text of texts.slice(start, start + 32)) await dm.sendText(text, true);
        await dm.publishMessages();
      }
    }),
  );
  const total = 10 * texts.length;
  const bob = await open(url, { home, person });
  await waitFor(() => bob.inbox.lastSeq() >= total, { timeoutMs: 50_000 });
  const heard = new Map<string, (string | null)[]>();
  for (let seen = 0; seen < total;) {
    for (const message of await bob.inbox.due()) {
      heard.set(message.conversationId, [...(heard.get(message.conversationId) ?? []), message.text]);
      bob.inbox.ack(message.messageId);
      seen += 1;
    }
  }
  expect([...heard.values()]).toEqual(senders.map(() => texts));
  expect(bob.status().inbox).toMatchObject({ pending: 0, delivered: total });
});

test('duplicates of a direct message are one conversation to the agent', async () => {
  const { url, faults } = await startNetwork();
  const options = { reconcileEveryMs: 500 };
  const [alice, bob] = await Promise.all([open(url, options), open(url, options)]);
  faults.set({ streams: [{ swallowEvery: 1 }] });
  // Both create at once: neither knows of the other's conversation yet.
  const [fromAlice, fromBob] = await Promise.all([
    alice.send({ to: { address: bob.address }, text: '1' }),
    bob.send({ to: { address: alice.address }, text: '1' }),
  ]);
  expect(fromAlice.conversationId).not.toBe(fromBob.conversationId);
  await Promise.all([received(alice, 1), received(bob, 1)]);
  await alice.send({ to: { conversationId: fromBob.conversationId }, text: '2' });
  await alice.send({ to: { conversationId: fromAlice.conversationId }, text: '3' });
  const messages = await received(bob, 3);
  expect(messages.map(({ text }) => text)).toEqual(['1', '2', '3']);
  const [conversationId, ...others] = new Set(messages.map((message) => message.conversationId));
  expect(others).toEqual([]);
  await bob.send({ to: { conversationId: conversationId! }, text: 'to the one it knows' });
  expect((await received(alice, 2))[1]?.text).toBe('to the one it knows');
});

test('poison: a conversation whose backlog is over the size limit of a fetch is read around it', async () => {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const first = await open(url, { home, person });
  const { inboxId } = first;
  await first.close();
  const dm = await (await openSdkClient(url)).conversations.createDm(inboxId);
  const large = 'x'.repeat(990_000);
  for (const text of numbers(27)) await dm.sendText(text + large);
  const events: MailboxEvent[] = [];
  const bob = await open(url, { home, person, reconcileEveryMs: 1_000, onEvent: (event) => void events.push(event) });
  const messages = await received(bob, 27, 50_000);
  expect(messages.map((message) => message.text?.replaceAll('x', ''))).toEqual(numbers(27));
  expect(events.map(({ name }) => name)).toContain('conversation-poisoned');
  await dm.sendText('after');
  expect((await received(bob, 28, 20_000)).at(-1)?.text).toBe('after');
});
