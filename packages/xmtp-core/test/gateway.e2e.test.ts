import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { waitFor } from '@xmtp-messaging/testing';
import { Client } from '@xmtp/node-sdk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../src/index.ts';
import { createHome, createPerson, open, type OpenOptions, received } from './stage.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet({ protocol: 'd14n', nodes: 3 });
});
afterEach(() => network.faults.clear());
afterAll(() => network.close());

const gateway = () => ({ env: 'local', apiUrl: network.url, gatewayHost: network.gatewayUrl! }) as const;
const openMailbox = (options: OpenOptions = {}): Promise<Mailbox> =>
  open(network.url, { ...options, network: gateway() });
test('a mailbox behind a gateway is written to, answers, and hears by its bell', async () => {
  const [alice, bob] = await Promise.all([openMailbox(), openMailbox({ reconcileEveryMs: 600_000 })]);
  await waitFor(() => bob.status().bell.up);
  await alice.send({ to: { address: bob.address }, text: 'one' });
  const [first] = await received(bob, 1);
  await bob.send({ to: { conversationId: first!.conversationId }, text: 'two' });
  expect((await received(alice, 1))[0]?.text).toBe('two');
  await alice.send({ to: { address: bob.address }, text: 'three' });
  expect((await received(bob, 2)).map(({ text }) => text)).toEqual(['one', 'three']);
  expect(bob.status()).toMatchObject({ state: 'connected', env: 'local-gateway', bell: { enabled: true, up: true } });
});

test('270 messages that waited come in at once and in order, a hundred a sync', async () => {
  const [home, person] = [await createHome(), createPerson()];
  const away = await openMailbox({ home, person });
  const { inboxId } = away;
  await away.close();
  const client = await Client.create(createPerson().signer, { ...gateway(), dbPath: null, disableDeviceSync: true });
  const dm = await client.conversations.createDm(inboxId);
  const texts = Array.from({ length: 270 }, (_, index) => `${index}`);
  for (const [index, text] of texts.entries()) {
    await dm.sendText(text, true);
    if (index % 90 === 89) await dm.publishMessages();
  }
  // Opening resolves after one reconcile.
  const bob = await openMailbox({ home, person, bell: false, reconcileEveryMs: 600_000 });
  expect((await bob.inbox.list({ limit: 1_000 })).map(({ text }) => text)).toEqual(texts);
});

test('while one node of three is down a mailbox opens, hears and is heard', async () => {
  network.faults.set({ nodes: [{ node: 200, down: true }] });
  const [alice, bob] = await Promise.all([openMailbox(), openMailbox()]);
  await alice.send({ to: { address: bob.address }, text: 'without 200' });
  expect((await received(bob, 1))[0]?.text).toBe('without 200');
  await waitFor(() => bob.status().bell.up);
});
