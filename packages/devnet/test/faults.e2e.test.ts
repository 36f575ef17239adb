import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDevnet, type Devnet, type DevnetOptions } from '../src/index.ts';
import { createClient, createClients, readTexts } from './clients.ts';

async function startNetwork(options: DevnetOptions = {}): Promise<Devnet> {
  const network = await createDevnet(options);
  onTestFinished(() => network.close());
  return network;
}

test('refused writes fail the send and nothing is stored; afterwards all is well', async () => {
  const network = await startNetwork();
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  const before = network.stats().stored['groupMessages'];
  network.faults.set({ refuseWrites: true });
  await expect(dm.sendText('refused')).rejects.toThrow(/Sync failed to wait/);
  expect(network.stats().stored['groupMessages']).toBe(before);
  expect(network.faults.injected()['refusedWrite']).toBeGreaterThan(1);
  network.faults.clear();
  await dm.sendText('accepted');
  expect(await readTexts(dm)).toContain('accepted');
});

test('an error after the work was done does not make two messages of one', async () => {
  const network = await startNetwork();
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  network.faults.set({ errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE', afterwards: true, times: 2 }] });
  await dm.sendText('once');
  await bob!.conversations.syncAll();
  expect(await readTexts(bob!.conversations.listDms()[0]!)).toEqual(['once']);
  expect(network.faults.injected()).toEqual({ error: 2 });
});

test('the cutover to the next network ends publishing and streaming in the words of the real node', async () => {
  const network = await startNetwork();
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  let ended: unknown;
  const options = { onFail: () => (ended = 'failed'), onEnd: () => (ended ??= 'ended'), retryOnFail: false };
  await bob!.conversations.streamAllMessages(options);
  await expect.poll(() => network.stats().streams).toBeGreaterThan(0);
  network.faults.set({ cutoverMs: Date.now() + 50 });
  await waitFor(() => network.stats().streams === 0 && ended !== undefined, { what: 'the end of the stream' });
  await expect(createClient(network)).rejects.toThrow(/publishing to XMTP V3 is no longer available/);
  await dm.sync();
});

test('every second event is swallowed: the stream does not tell, a sync finds it', async () => {
  const network = await startNetwork();
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  await bob!.conversations.sync();
  const received: unknown[] = [];
  const stream = await bob!.conversations.streamAllMessages({ onValue: ({ content }) => received.push(content) });
  network.faults.set({ streams: [{ method: 'SubscribeGroupMessages', swallowEvery: 2 }] });
  for (const text of ['1', '2', '3', '4', '5']) await dm.sendText(text);
  await waitFor(() => received.includes('5'), { what: 'the last message' });
  expect(received).toEqual(['1', '3', '5']);
  await stream.end();
  expect(await readTexts(bob!.conversations.listDms()[0]!)).toEqual(['1', '2', '3', '4', '5']);
});

test('one client is cut off, refused or in silence, and the others do not notice', async () => {
  const network = await startNetwork();
  const [alice, bob] = await createClients(network, 2);
  const carol = await createClient(network, { appVersion: 'carol/1' });
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  await bob!.conversations.sync();
  network.faults.set({ partitions: [{ installationId: bob!.installationId }, { appVersion: 'carol/1' }] });
  await Promise.all([
    expect(bob!.conversations.sync()).rejects.toThrow(/cut off/),
    expect(carol.conversations.sync()).rejects.toThrow(/cut off/),
    dm.sendText('while bob is away'),
  ]);
  network.faults.set({ partitions: [{ installationId: bob!.installationId, mode: 'silence' }] });
  let answered = false;
  const waiting = bob!.conversations.syncAll().then(() => (answered = true));
  await carol.conversations.sync();
  expect(answered).toBe(false);
  network.faults.clear();
  void waiting.catch(() => {});
  const [fresh] = await createClients(network, 1);
  expect(fresh!.isRegistered).toBe(true);
});

test('a cutover and an expiry that came by time travel are again to come after the way back', async () => {
  const hour = 3_600_000;
  const network = await startNetwork();
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  network.faults.set({ cutoverMs: Date.now() + hour });
  const start = network.snapshot();
  network.advance(2 * hour);
  await expect(dm.sendText('too late')).rejects.toThrow(/Sync failed to wait/);
  network.revert(start);
  await dm.sendText('in time');
  let ended: unknown;
  const options = { onFail: () => (ended = 'failed'), onEnd: () => (ended ??= 'ended'), retryOnFail: false };
  await bob!.conversations.streamAllMessages(options);
  await expect.poll(() => network.stats().streams).toBeGreaterThan(0);
  network.advance(2 * hour);
  await waitFor(() => network.stats().streams === 0 && ended !== undefined, { what: 'the end of the stream' });

  network.faults.clear();
  const before = network.snapshot();
  network.advance(5 * 365 * 24 * hour);
  await expect(createClient(network)).rejects.toThrow(/expired|lifetime/i);
  network.revert(before);
  expect((await createClient(network)).isRegistered).toBe(true);
});

test('a skewed clock dates the messages', async () => {
  const network = await startNetwork({ faults: { clockSkewMs: -3_600_000 } });
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  await dm.sendText('an hour ago');
  await bob!.conversations.syncAll();
  const last = await bob!.conversations.listDms()[0]!.lastMessage();
  expect(Date.now() - last!.sentAt.getTime()).toBeGreaterThan(3_500_000);
});
