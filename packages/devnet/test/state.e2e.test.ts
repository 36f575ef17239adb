import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDevnet, type Devnet, type DevnetOptions } from '../src/index.ts';
import { createClient, createClients, createSigner, readTexts } from './clients.ts';
import { startProcess } from './command.ts';

async function startNetwork(options: DevnetOptions): Promise<Devnet> {
  const network = await createDevnet(options);
  onTestFinished(() => network.close());
  return network;
}

test.each(['v3', 'd14n'] as const)('%s goes back to a snapshot, and open streams go on', async (protocol) => {
  const network = await startNetwork({ protocol });
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  await dm.sendText('before');
  await bob!.conversations.syncAll();
  const received: unknown[] = [];
  const stream = await bob!.conversations.streamAllMessages({ onValue: ({ content }) => received.push(content) });
  onTestFinished(() => void stream.end());
  const { id } = (await (await fetch(`${network.historyUrl}/snapshot`, { method: 'POST' })).json()) as { id: string };
  const before = network.stats().stored;

  await dm.sendText('taken back');
  await waitFor(() => received.includes('taken back'), { what: 'the message' });
  const [stranger] = await createClients(network, 1);
  expect(network.stats().stored['inboxes']).toBe(3);

  const streams = network.stats().streams;
  const reverted = await fetch(`${network.historyUrl}/revert`, { method: 'POST', body: JSON.stringify({ id }) });
  expect(reverted.status).toBe(204);
  expect(network.stats()).toMatchObject({ stored: before, streams });
  expect(await bob!.fetchInboxIdByIdentifier(stranger!.accountIdentifier!)).toBeNull();
  await dm.sendText('after');
  await waitFor(() => received.includes('after'), { what: 'the message after the revert' });

  const again = await fetch(`${network.historyUrl}/revert`, { method: 'POST', body: JSON.stringify({ id }) });
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('no such snapshot')]);
});

test('everything is in the state file after the command ended, and comes back from it', async () => {
  const folder = await temporaryDirectory();
  const state = join(folder, 'net.state');
  const args = ['--state', state];
  const first = await startProcess([...args, '--state-interval', '0.05']);
  const signer = createSigner();
  const alice = await createClient(first, { signer, dbPath: join(folder, 'alice.db') });
  const [bob] = await createClients(first, 1);
  const dm = await alice.conversations.createDm(bob!.inboxId);
  await dm.sendText('kept');
  await waitFor(() => stat(state).catch(() => null), { what: 'the file, while the network runs' });
  await fetch(`${first.historyUrl}/advance`, { method: 'POST', body: '{"ms":3600000}' });
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect((await stat(state)).mode & 0o777).toBe(0o600);

  const second = await startProcess([...args, '--port', `${first.port}`]);
  await dm.sendText('an hour later');
  const late = (await dm.messages()).at(-1)!;
  await bob!.conversations.syncAll();
  expect(await readTexts(bob!.conversations.listDms()[0]!)).toEqual(['kept', 'an hour later']);
  const heard = (await bob!.conversations.listDms()[0]!.messages()).find(({ id }) => id === late.id)!;
  expect(heard.sentAt.getTime() - Date.now()).toBeGreaterThan(3_500_000);
  const same = await createClient(second, { signer, dbPath: join(folder, 'alice.db') });
  expect(same.installationId).toBe(alice.installationId);
});

test('a decentralised network comes back from its state file too', async () => {
  const folder = await temporaryDirectory();
  const options = { protocol: 'd14n', state: join(folder, 'net.state') } as const;
  const first = await createDevnet(options);
  const [signer, dbPath] = [createSigner(), join(folder, 'alice.db')];
  const alice = await createClient(first, { signer, dbPath });
  const other = await createClient(first, { signer });
  await (await alice.conversations.createGroup([])).sendText('kept');
  await first.close();
  const second = await startNetwork(options);
  expect(second.stats().stored).toMatchObject({ installations: 2, inboxes: 1 });
  const again = await createClient(second, { signer, dbPath });
  expect(again.installationId).toBe(alice.installationId);
  const group = again.conversations.listGroups()[0]!;
  await group.sendText('new');
  expect(await readTexts(group)).toEqual(['kept', 'new']);
  expect((await again.preferences.fetchInboxState()).installations.map(({ id }) => id)).toContain(other.installationId);
});

test('a damaged state ends the start, and is left as it is', async () => {
  const state = join(await temporaryDirectory(), 'net.state');
  const network = await createDevnet({ dumpState: state });
  await createClients(network, 1);
  await network.close();
  const whole = await readFile(state);
  // One bit of a value: the file is a sound database still.
  const flipped = Buffer.from(whole);
  flipped[whole.indexOf('"kind"')]! ^= 1;
  for (const damaged of [flipped, whole.subarray(0, whole.length / 2), Buffer.from('some notes\n')]) {
    await writeFile(state, damaged);
    for (const options of [{ state }, { loadState: state }]) {
      await expect(createDevnet(options)).rejects.toMatchObject({ code: 'CANNOT_READ_STATE' });
    }
    expect(await readFile(state)).toEqual(Buffer.from(damaged));
  }
  await expect(createDevnet({ dumpState: state })).rejects.toMatchObject({ code: 'CANNOT_READ_STATE' });
});
