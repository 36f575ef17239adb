import { waitFor } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createClient, createClients, createSigner, readTexts } from './clients.ts';
import { consent } from './sdk-enums.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet();
});
afterAll(() => network.close());

test('messages arrive in order, each once, also in conversations that are new', async () => {
  const [alice, bob] = await createClients(network, 2);
  const received: unknown[] = [];
  const stream = await bob!.conversations.streamAllMessages({ onValue: ({ content }) => received.push(content) });
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  const texts = Array.from({ length: 50 }, (_, index) => `message ${index}`);
  for (const text of texts) await dm.sendText(text);
  await waitFor(() => received.length >= texts.length, { what: 'the streamed messages' });
  expect(received).toEqual(texts);
  await stream.end();
});

test('two streams of one conversation both get everything', async () => {
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  await bob!.conversations.sync();
  const [other] = bob!.conversations.listDms();
  const seen: unknown[][] = [[], []];
  const streams = await Promise.all(
    seen.map((list) => other!.stream({ onValue: ({ content }) => list.push(content) })),
  );
  for (const text of ['a', 'b', 'c']) await dm.sendText(text);
  await waitFor(() => seen.every(({ length }) => length >= 3), { what: 'both streams' });
  expect(seen).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
  for (const stream of streams) await stream.end();
});

test('new conversations are announced', async () => {
  const [alice, bob] = await createClients(network, 2);
  const ids: string[] = [];
  const stream = await bob!.conversations.stream({ onValue: (conversation) => ids.push(conversation?.id ?? '') });
  const group = await alice!.conversations.createGroup([bob!.inboxId]);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  await waitFor(() => ids.length >= 2, { what: 'both conversations' });
  expect(ids).toEqual([group.id, dm.id]);
  await stream.end();
});

test('a change of consent reaches the stream and the other installation', async () => {
  const signer = createSigner();
  const first = await createClient(network, { signer, deviceSync: true });
  const second = await createClient(network, { signer, deviceSync: true });
  const [peer] = await createClients(network, 1);
  const dm = await first.conversations.createDm(peer!.inboxId);
  const entities: string[] = [];
  const stream = await second.preferences.streamConsent({
    onValue: (changes) => entities.push(...changes.map(({ entity }) => entity)),
  });
  let denied = false;
  await waitFor(
    async () => {
      // Before the first installation has noticed the second one, the change reaches nobody.
      denied = !denied;
      dm.updateConsentState(denied ? consent.denied : consent.allowed);
      await first.preferences.sync();
      await second.preferences.sync();
      return entities.includes(dm.id);
    },
    { what: 'the consent', intervalMs: 200 },
  );
  await stream.end();
  expect(entities).toContain(dm.id);
});

test('a stream that the network ends is opened again and misses nothing', async () => {
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  const received: unknown[] = [];
  let restarts = 0;
  const stream = await bob!.conversations.streamAllMessages({
    disableSync: true,
    retryDelay: 20,
    onValue: ({ content }) => received.push(content),
    onRestart: () => restarts++,
  });
  await dm.sendText('before');
  await waitFor(() => received.length === 1, { what: 'the first message' });
  expect(network.faults.dropStreams()).toBeGreaterThan(0);
  await dm.sendText('meanwhile');
  await waitFor(() => restarts > 0, { what: 'the restart' });
  await dm.sendText('after');
  await waitFor(() => received.includes('after'), { what: 'the last message' });
  const [other] = bob!.conversations.listDms();
  expect(await readTexts(other!)).toEqual(['before', 'meanwhile', 'after']);
  await stream.end();
});
