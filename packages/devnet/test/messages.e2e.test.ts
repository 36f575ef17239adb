import { waitFor } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createClient } from './clients.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet();
});
afterAll(() => network.close());

test('two clients write to each other', async () => {
  const [alice, bob] = await Promise.all([createClient(network), createClient(network)]);
  const toBob = await alice.conversations.createDm(bob.inboxId);
  await toBob.sendText('hello bob');
  await bob.conversations.syncAll();
  const [toAlice] = bob.conversations.listDms();
  await toAlice!.sendText('hello alice');
  await toBob.sync();
  const texts = (await toBob.messages()).map(({ content }) => content).filter((content) => typeof content === 'string');
  expect(texts).toEqual(['hello bob', 'hello alice']);
});

test('a stream delivers what is sent while it is open, in order', async () => {
  const [alice, bob] = await Promise.all([createClient(network), createClient(network)]);
  const received: unknown[] = [];
  const stream = await bob.conversations.streamAllMessages({ onValue: ({ content }) => received.push(content) });
  const dm = await alice.conversations.createDm(bob.inboxId);
  const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
  for (const text of texts) await dm.sendText(text);
  await waitFor(() => received.length >= texts.length, { what: 'the streamed messages' });
  expect(received).toEqual(texts);
  await stream.end();
});
