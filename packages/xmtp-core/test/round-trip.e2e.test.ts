import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { networkAt, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { openMailbox } from '../src/index.ts';
import { createHome, createPerson, open, openSdkClient, received, startNetwork } from './stage.ts';

test('a message goes out, comes in with its sender, and is answered', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = await Promise.all([open(url), open(url)]);

  const sent = await alice.send({ to: { address: bob.address }, text: 'hello bob' });
  expect(sent).toMatchObject({ status: 'sent', replayed: false });
  const [message] = await received(bob, 1);
  expect(message).toMatchObject({
    messageId: sent.messageId,
    senderInboxId: alice.inboxId,
    senderAddresses: [alice.address],
    conversationType: 'dm',
    contentType: 'xmtp.org/text:1.0',
    text: 'hello bob',
    replyTo: null,
    historical: false,
    state: 'pending',
  });
  expect(bob.status()).toMatchObject({ state: 'connected', reason: null, inbox: { pending: 1 } });

  const { conversationId } = message!;
  await bob.send({ to: { conversationId }, text: 'hello alice', replyTo: sent.messageId });
  const [answer] = await received(alice, 1);
  expect(answer).toMatchObject({ text: 'hello alice', replyTo: sent.messageId, senderAddresses: [bob.address] });

  expect(await bob.inbox.due()).toHaveLength(1);
  expect(bob.inbox.ack(sent.messageId)).toBe(true);
  expect(await bob.inbox.due()).toHaveLength(0);
});

test('a restart needs no wallet, keeps the installation and delivers nothing twice', async () => {
  const { url } = await startNetwork();
  const alice = await open(url);
  const [person, home] = [createPerson(), await createHome()];
  const first = await open(url, { person, home });
  await alice.send({ to: { address: person.address }, text: 'one' });
  await received(first, 1);
  await first.close();
  expect(first.status().state).toBe('closed');
  await alice.send({ to: { address: person.address }, text: 'two' });

  const withoutVault = {
    ...person,
    signer: { ...person.signer, signMessage: () => Promise.reject(new Error('no vault')) },
  };
  const second = await open(url, { person: withoutVault, home });
  expect(second.installationId).toBe(first.installationId);
  const messages = await received(second, 2);
  expect(messages.map(({ text }) => text)).toEqual(['one', 'two']);
  expect(second.status().installations.used).toBe(1);
});

test('C1: the home is private, holds no text in the clear, and ends without leftovers', async () => {
  const { url } = await startNetwork();
  const home = await createHome();
  const [alice, bob] = await Promise.all([open(url), open(url, { home })]);
  const secret = 'a sentence that must not be found on disk';
  await alice.send({ to: { address: bob.address }, text: secret });
  await received(bob, 1);
  await bob.send({ to: { address: alice.address }, text: secret, idempotencyKey: 'key-1' });
  await bob.close();

  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, 'encryption.key')).mode & 0o777).toBe(0o600);
  const files = readdirSync(home).toSorted();
  expect(files).toEqual([
    'encryption.key',
    'journal.db',
    'journal.db.copy',
    'lock',
    'state.json',
    'xmtp.db',
    'xmtp.db.sqlcipher_salt',
  ]);
  for (const file of files) expect(readFileSync(join(home, file)).includes(secret), file).toBe(false);
});

test('the other side may be a bare SDK, with its own way of sending', async () => {
  const { url } = await startNetwork();
  const person = createPerson();
  const peer = await openSdkClient(url, person);
  const bob = await open(url);
  const dm = await peer.conversations.createDm(bob.inboxId);
  const id = await dm.sendText('from the SDK');
  const [message] = await received(bob, 1);
  expect(message).toMatchObject({ messageId: id, text: 'from the SDK', senderAddresses: [person.address] });

  await bob.send({ to: { address: person.address }, text: 'to the SDK' });
  await dm.sync();
  expect((await dm.messages()).map(({ content }) => content)).toContain('to the SDK');
});

test('opening can be given up', async () => {
  const { url } = await startNetwork();
  const opening = openMailbox({
    signer: createPerson().signer,
    home: await createHome(),
    network: networkAt(url),
    admit: () => ({ admit: false, reason: 'test' }),
    signal: AbortSignal.abort(new Error('given up')),
  });
  await expect(opening).rejects.toThrow('given up');
});

test('our own messages ring too, and cost no question to the network', async () => {
  const network = await startNetwork();
  const alice = await open(network.url, { reconcileEveryMs: 600_000 });
  const bob = createPerson();
  await openSdkClient(network.url, bob);
  const to = { address: bob.address };
  await alice.send({ to, text: 'first' });
  await waitFor(() => alice.status().bell.up);
  const questions = () => network.stats().calls['QueryGroupMessages']?.total ?? 0;
  const before = questions();
  for (let index = 0; index < 20; index += 1) await alice.send({ to, text: String(index) });
  const sent = Date.now();
  await alice.send({ to, text: 'last' });
  await waitFor(() => (alice.status().bell.lastRingAt ?? 0) >= sent);
  // One for each publication, and a few because the conversation is new; an answered ring each would be 21 more.
  expect(questions() - before).toBeLessThan(27);
});
