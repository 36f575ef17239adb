import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { patient, waitFor } from '@xmtp-messaging/testing';
import { Client } from '@xmtp/node-sdk';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Mailbox, moveToGateway, type SendRequest } from '../src/index.ts';
import { type Lies, startLyingNode } from './start-lying-node.ts';
import { createHome, createPerson, open, type OpenOptions, received, sendUntilStored } from './stage.ts';

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

test(
  'behind nodes that lag, misorder and are late with commits, two mailboxes lose and double nothing',
  { timeout: patient(120_000) },
  async () => {
    network.faults.set({
      nodes: [100, 200, 300].map((node, index) => ({ node, misorder: true, commitLagMs: 250, lagMs: 60 * index })),
    });
    const [alice, bob] = await Promise.all([openMailbox(), openMailbox({ reconcileEveryMs: 500 })]);
    const count = 6;
    const texts = (who: string) => Array.from({ length: count }, (_, index) => `${who} ${index}`);
    // A group whose members change meanwhile, and a direct message that both begin.
    const { conversationId } = await alice.groups.create({ members: [bob.address], title: 'plans' });
    await waitFor(async () => (await bob.conversations.get(conversationId)) !== null, { what: 'the group' });
    const say = async (from: Mailbox, to: SendRequest['to'], who: string) => {
      for (const text of texts(who)) await sendUntilStored(from, { to, text, idempotencyKey: text });
    };
    const change = async () => {
      for (let round = 0; round < 3; round += 1) await alice.groups.update(conversationId, { title: `plans ${round}` });
    };
    await Promise.all([
      say(alice, { conversationId }, 'group'),
      say(bob, { conversationId }, 'back'),
      say(alice, { address: bob.address }, 'direct'),
      say(bob, { address: alice.address }, 'answer'),
      change(),
    ]);
    const heard = async (mailbox: Mailbox, who: string) =>
      (await received(mailbox, 2 * count, 60_000)).flatMap(({ text }) =>
        text?.startsWith(who) === true ? [text] : [],
      );
    for (const [mailbox, said] of [
      [bob, ['group', 'direct']],
      [alice, ['back', 'answer']],
    ] as const)
      for (const who of said) expect(await heard(mailbox, who)).toEqual(texts(who));
    await waitFor(async () => (await bob.groups.get(conversationId)).title === 'plans 2', { what: 'the last title' });
  },
);

test('behind a node that lies nothing is doubled or out of order, and nothing lost when it is honest again', async () => {
  const honest = { gatewayUrl: network.gatewayUrl!, nodeUrl: network.nodes[100]! };
  const { url, lie, told } = await startLyingNode(honest);
  const [home, person] = [await createHome(), createPerson()];
  const behind = { env: 'local', apiUrl: url, gatewayHost: url } as const;
  // Opening resolves after one reconcile.
  const openThere = () => open(url, { home, person, network: behind, bell: false, reconcileEveryMs: 600_000 });
  const texts = async (mailbox: Mailbox) => (await mailbox.inbox.list({ limit: 100 })).map(({ text }) => text);
  const make = () => Client.create(createPerson().signer, { ...gateway(), dbPath: null, disableDeviceSync: true });
  const [client, other] = await Promise.all([make(), make()]);
  let mailbox = await openThere();
  const group = await client.conversations.createGroup([mailbox.inboxId]);
  const sent: string[] = [];
  const say = async (text: string) => {
    await group.sendText(text);
    sent.push(text);
  };
  const reopen = async (lies: Lies) => {
    await mailbox.close();
    lie(lies);
    mailbox = await openThere();
    return await texts(mailbox);
  };
  await say('first');
  for (const lies of [{ forgets: true }, { withholds: [100] }, { repeats: true }, { unties: true }] as Lies[]) {
    await say(`before ${JSON.stringify(lies)}`);
    // Behind a commit nothing can be read without it.
    await (lies.forgets === true ? group.addMembers([other.inboxId]) : group.updateName(`after ${sent.length}`));
    await say(`after ${JSON.stringify(lies)}`);
    const before = told();
    const seen = await reopen(lies);
    expect(told()).toBeGreaterThan(before);
    expect(seen).toEqual(sent.slice(0, seen.length));
    expect(await reopen({})).toEqual(sent);
  }
});

test('a home moves from a retired V3 to the gateway, killed on the way, and loses nothing', async () => {
  const both = await createDevnet({ protocol: 'both' });
  onTestFinished(() => both.close());
  const [home, person] = [await createHome(), createPerson()];
  const v3 = { env: 'local', apiUrl: both.url } as const;
  const target = { ...v3, gatewayHost: both.gatewayUrl!, appVersion: 'mover/1' };
  const before = await open(both.url, { home, person, network: v3, sendDeadlineMs: 500 });
  const client = await Client.create(createPerson().signer, { ...v3, dbPath: null, disableDeviceSync: true });
  const dm = await client.conversations.createDm(before.inboxId);
  await dm.sendText('before');
  const [heard] = await received(before, 1);
  both.faults.set({ refuseWrites: true });
  const waiting = { to: { conversationId: heard!.conversationId }, text: 'waited', idempotencyKey: 'k' };
  expect((await sendUntilStored(before, waiting)).status).toBe('unknown');
  await before.close({ timeoutMs: 200 });
  both.faults.clear();
  await dm.sendText('meanwhile');
  // Cut off in the middle of what it asks, and killed there.
  both.faults.set({ cutoverMs: 1, partitions: [{ appVersion: 'mover/1', mode: 'silence' }] });
  const move = { home, address: before.address, network: target };
  const child = fork(new URL('move-child.ts', import.meta.url), [JSON.stringify(move)], {
    execArgv: [...sourceFlags],
    stdio: 'ignore',
  });
  const exit = once(child, 'exit');
  await waitFor(() => (both.faults.injected()['partitioned'] ?? 0) > 0, { what: 'the move to ask the gateway' });
  child.kill('SIGKILL');
  await exit;
  both.faults.set({ cutoverMs: 1 });
  const openThere = () => open(both.url, { home, person, network: target });
  await expect(openThere()).rejects.toMatchObject({ code: 'OTHER_NETWORK' });
  expect(await moveToGateway(move)).toEqual({
    moved: true,
    inboxId: before.inboxId,
    installationId: before.installationId,
  });
  expect((await moveToGateway(move)).moved).toBe(false);
  const after = await openThere();
  expect(after.installationId).toBe(before.installationId);
  await received(after, 2);
  const messages = await after.inbox.list({ limit: 10 });
  expect(messages.map(({ text, messageId }) => [text, messageId === heard!.messageId])).toEqual([
    ['before', true],
    ['meanwhile', false],
  ]);
  // What waited to be sent goes out by itself, once, also for who asks again with its key.
  expect(await after.send(waiting)).toMatchObject({ status: 'sent', replayed: true });
  await dm.sync();
  const answers = (await dm.messages()).filter(({ senderInboxId }) => senderInboxId === before.inboxId);
  expect(answers.map(({ content }) => content)).toEqual(['waited']);
});
