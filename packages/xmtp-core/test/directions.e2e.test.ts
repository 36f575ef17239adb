import { patient, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Direction, Mailbox } from '../src/index.ts';
import { createPerson, ethereumAccount, open, openSdkClient, received, startNetwork } from './stage.ts';

const timeoutMs = 30_000;
const failing = (mailbox: Mailbox, direction: Direction) => () => {
  const { state, directions } = mailbox.status();
  return directions[direction].state === 'failing' && state === 'degraded';
};
const recovered = (mailbox: Mailbox) => () =>
  mailbox.status().state === 'connected' &&
  Object.values(mailbox.status().directions).every(({ state }) => state !== 'failing');

/** Two mailboxes that have talked, the second one watched. */
async function setUp() {
  const network = await startNetwork();
  const [alice, bob] = await Promise.all([open(network.url), open(network.url, { reconcileEveryMs: 500 })]);
  await alice.send({ to: { address: bob.address }, text: 'before' });
  await received(bob, 1);
  await waitFor(() => bob.status().bell.up);
  const fail = (method: string) => network.faults.set({ errors: [{ method, code: 'UNAVAILABLE' }] });
  return { network, alice, bob, fail };
}

test.each(['QueryGroupMessages', 'QueryWelcomeMessages', 'GetNewestGroupMessage'])(
  '%s fails alone: receiving is named, and recovers by itself',
  async (method) => {
    const { network, alice, bob, fail } = await setUp();
    fail(method);
    // The sender reads back in vain; the message is out all the same.
    const sending = alice.send({ to: { address: bob.address }, text: 'meanwhile' });
    await waitFor(failing(bob, 'receiving'), { timeoutMs });
    expect(bob.status().reason).toMatchObject({ code: 'NETWORK_UNREACHABLE' });
    network.faults.clear();
    await waitFor(recovered(bob), { timeoutMs });
    await sending;
    expect((await received(bob, 2))[1]?.text).toBe('meanwhile');
  },
  patient(90_000),
);

test(
  'GetInboxIds fails alone: identity is named, and what waited for it is heard by itself',
  { timeout: patient(90_000) },
  async () => {
    const network = await startNetwork();
    const bob = await open(network.url, { reconcileEveryMs: 500 });
    const carol = await openSdkClient(network.url);
    const dm = await carol.conversations.createDmWithIdentifier(ethereumAccount(bob.address));
    network.faults.set({ errors: [{ method: 'GetInboxIds', code: 'UNAVAILABLE' }] });
    await dm.sendText('from somebody new');
    await waitFor(failing(bob, 'identity'), { timeoutMs });
    network.faults.clear();
    await waitFor(recovered(bob), { timeoutMs });
    expect((await received(bob, 1))[0]?.text).toBe('from somebody new');
  },
);

test.runIf(testProtocol === 'v3')(
  'GetIdentityUpdates fails alone: the look at our own standing names identity, and recovers by itself',
  async () => {
    const network = await startNetwork();
    const bob = await open(network.url, { identityCheckEveryMs: 200 });
    network.faults.set({ errors: [{ method: 'GetIdentityUpdates', code: 'UNAVAILABLE' }] });
    await waitFor(failing(bob, 'identity'), { timeoutMs });
    expect(bob.status().reason?.message).toContain('Senders cannot be looked up.');
    network.faults.clear();
    await waitFor(recovered(bob), { timeoutMs });
  },
  patient(90_000),
);

test.runIf(testProtocol === 'v3')(
  "SendGroupMessages fails alone: sending is named with the node's reason, and what waited goes out by itself",
  async () => {
    const { network, alice, bob, fail } = await setUp();
    fail('SendGroupMessages');
    const sending = bob.send({ to: { address: alice.address }, text: 'stuck' });
    await waitFor(failing(bob, 'sending'), { timeoutMs });
    await waitFor(() => bob.status().reason?.code === 'NETWORK_UNREACHABLE', { timeoutMs });
    expect(bob.status().directions.receiving.state).toBe('ok');
    network.faults.clear();
    await sending;
    await waitFor(recovered(bob), { timeoutMs });
    expect((await received(alice, 1)).map(({ text }) => text)).toEqual(['stuck']);
  },
  patient(90_000),
);

test.runIf(testProtocol === 'v3')(
  'FetchKeyPackages fails alone: a new recipient cannot be written to, the next send that can shows recovery',
  async () => {
    const { network, bob, fail } = await setUp();
    const carol = await open(network.url, { person: createPerson() });
    fail('FetchKeyPackages');
    const send = () => bob.send({ to: { address: carol.address }, text: 'hello' });
    await expect(send()).rejects.toMatchObject({ name: 'MailboxError' });
    expect(failing(bob, 'sending')()).toBe(true);
    network.faults.clear();
    await send();
    expect(recovered(bob)()).toBe(true);
    await received(carol, 1);
  },
  patient(90_000),
);

test.each(['SubscribeGroupMessages', 'SubscribeWelcomeMessages'])(
  '%s fails alone: the bell says why it is down, and messages come all the same',
  async (method) => {
    const { network, alice, bob, fail } = await setUp();
    fail(method);
    network.faults.dropStreams();
    await waitFor(() => /injected fault/.test(bob.status().bell.reason ?? ''), { timeoutMs });
    await alice.send({ to: { address: bob.address }, text: 'without a bell' });
    await received(bob, 2);
    expect(bob.status().directions.receiving.state).toBe('ok');
    network.faults.clear();
    await waitFor(() => bob.status().bell.up && bob.status().bell.reason === null, { timeoutMs });
  },
  patient(90_000),
);
