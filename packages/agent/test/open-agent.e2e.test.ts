import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { networkAt, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { type AgentMessage, openAgent } from '../src/index.ts';
import { createStage } from './stage.ts';

test('two agents talk: by name, allowlisted, inside the boundary, and answer', async () => {
  const stage = await createStage('alice', 'bob');
  const [alice, bob] = [await stage.open('alice'), await stage.open('bob')];
  await alice.allow('bob.eth');
  await bob.allow('alice.eth');
  const heard: AgentMessage[] = [];
  const answers: AgentMessage[] = [];
  bob.onMessage(async (message, { reply }) => {
    heard.push(message);
    await reply('Hello yourself');
    await reply('And how are you?');
  });
  alice.onMessage((message) => void answers.push(message));

  const sent = await alice.send('bob.eth', 'Hello');
  expect(sent).toMatchObject({ to: { name: 'bob.eth', address: bob.address }, replayed: false, heard: true });
  await waitFor(() => answers.length === 2, { timeoutMs: 20_000 });
  expect(heard).toMatchObject([
    { id: sent.id, from: { name: 'alice.eth' }, taint: { authority: 'none', sender: 'allowlisted' } },
  ]);
  expect(heard[0]!.text).toMatch(/^<untrusted_xmtp_message /u);
  expect(answers.map(({ text }) => /\| (.*)\n/u.exec(text ?? '')?.[1])).toEqual(['Hello yourself', 'And how are you?']);
  expect(bob.prompt()).toContain('untrusted_xmtp_message');
  await waitFor(() => bob.status().inbox.delivered === 1);
  expect(bob.status()).toMatchObject({
    state: 'connected',
    address: stage.addresses['bob'],
    home: join(stage.root, 'xmtp', stage.addresses['bob']!.toLowerCase()),
    allowlist: { state: 'ready', count: 1 },
    delivery: { state: 'running' },
  });
  expect((await stat(bob.status().home)).mode & 0o777).toBe(0o700);
});

test('closed by default: a stranger is not heard, and is once allowed; whoever is denied is not', async () => {
  const stage = await createStage('alice', 'bob');
  const [alice, bob] = [await stage.open('alice'), await stage.open('bob')];
  expect(await alice.send('bob.eth', 'One')).toMatchObject({ heard: false });
  await waitFor(() => bob.mailbox.inbox.dropped().length === 1, { timeoutMs: 20_000 });
  const seen: string[] = [];
  bob.onMessage(({ id }) => void seen.push(id));
  await bob.allow(alice.address, { label: 'Alice A.' });
  const { id } = await alice.send(bob.address, 'Two');
  await waitFor(() => seen.length === 1, { timeoutMs: 20_000 });
  expect([seen, bob.allowlist.entries()]).toEqual([[id], [{ address: alice.address, name: 'Alice A.' }]]);
  await bob.deny('alice.eth');
  await alice.send('bob.eth', 'Three');
  await waitFor(() => bob.mailbox.inbox.dropped().some(({ reason }) => reason === 'denied'), { timeoutMs: 20_000 });
  await bob.undeny('alice.eth');
  expect(await bob.disallow(alice.address)).toMatchObject({ name: 'Alice A.' });
  await expect(bob.disallow(alice.address)).rejects.toMatchObject({ code: 'ENTRY_NOT_FOUND' });
});

test('a pinned name that has moved is refused, and the error says what to call', async () => {
  const stage = await createStage('alice', 'bob', 'mallory');
  const alice = await stage.open('alice');
  // Pinned to where it once led.
  await alice.allowlist.add({ address: stage.addresses['mallory']!, name: 'bob.eth' });
  await expect(alice.send('bob.eth', 'For Bob alone')).rejects.toMatchObject({
    code: 'ADDRESS_CHANGED',
    message: expect.stringMatching(/agent\.disallow\("bob\.eth"\), then agent\.allow\("bob\.eth"\)/u),
  });
  await expect(alice.send(alice.address, 'Me')).rejects.toMatchObject({ code: 'RECIPIENT_IS_SELF' });
  await expect(alice.send('bob.eth', '')).rejects.toMatchObject({ code: 'MESSAGE_EMPTY' });
});

test('the same key sends once, also after a restart', async () => {
  const stage = await createStage('alice', 'bob');
  await stage.open('bob');
  const alice = await stage.open('alice');
  const once = { idempotencyKey: 'order-17' };
  const { id } = await alice.send('bob.eth', 'Once', once);
  await alice.close();
  await expect(alice.send('bob.eth', 'Late')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  const again = await stage.open('alice');
  expect(await again.send('bob.eth', 'Once', once)).toMatchObject({ id, replayed: true });
});

test('what somebody must mend is thrown at once, and nothing stays open', async () => {
  const stage = await createStage('alice');
  await expect(stage.open('nobody')).rejects.toMatchObject({ code: 'OWS_WALLET_NOT_FOUND' });
  const alice = await stage.open('alice');
  await expect(stage.open('alice')).rejects.toMatchObject({ code: 'LOCKED_BY_OTHER' });
  await alice.close();
  await stage.open('alice');
});

test('a network that is away is tried for a while, or until the caller gives up', async () => {
  const stage = await createStage('alice');
  const away = { ...stage.options('alice'), network: networkAt('http://127.0.0.1:9') };
  await expect(openAgent({ ...away, openTimeoutMs: 500 })).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  // In a folder of its own: what could not be opened may hold its home for a moment longer.
  const elsewhere = { ...away, homeRoot: join(stage.root, 'elsewhere') };
  await expect(openAgent({ ...elsewhere, signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
});

test('into a group with a stranger in it no answer goes by itself, and one does once he is listed', async () => {
  const stage = await createStage('alice', 'bob', 'mallory');
  const mallory = await stage.open('mallory');
  const [alice, bob] = [await stage.open('alice'), await stage.open('bob')];
  await bob.allow('alice.eth');
  bob.onMessage(async (_, { reply }) => void (await reply('For Alice')));
  const members = [bob.mailbox.address, mallory.mailbox.address];
  const { conversationId } = await alice.mailbox.groups.create({ members });
  const said = async () =>
    (await bob.conversations.messages(conversationId)).messages.map(({ direction }) => direction);
  await alice.mailbox.send({ to: { conversationId }, text: 'What is the plan?' });
  await waitFor(() => bob.status().inbox.delivered === 1, { timeoutMs: 20_000 });
  expect([await said(), bob.status().delivery?.mixedGroups.heldBack]).toEqual([['in'], 1]);
  await bob.allow('mallory.eth');
  await alice.mailbox.send({ to: { conversationId }, text: 'And now?' });
  await waitFor(() => bob.status().inbox.delivered === 2, { timeoutMs: 20_000 });
  expect(await said()).toEqual(['out', 'in', 'in']);
});
