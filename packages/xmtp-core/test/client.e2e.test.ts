import { networkAt } from '@xmtp-messaging/testing';
import { Agent } from '@xmtp/agent-sdk';
import type { ContentCodec } from '@xmtp/content-type-primitives';
import { Client, type EnrichedReply, type Group } from '@xmtp/node-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { createPerson, open, openSdkClient, received, startNetwork, ethereumAccount } from './stage.ts';

// The SDK's own client under an open mailbox: one database, one installation, both at work at once.

/** A content type of somebody's own. */
const pollType = { authorityId: 'example.org', typeId: 'poll', versionMajor: 1, versionMinor: 0 };
const pollCodec: ContentCodec = {
  contentType: pollType,
  encode: (content) => ({
    type: pollType,
    parameters: {},
    fallback: 'A poll',
    content: new TextEncoder().encode(JSON.stringify(content)),
  }),
  decode: ({ content }) => JSON.parse(new TextDecoder().decode(content)) as unknown,
  fallback: () => 'A poll',
  shouldPush: () => true,
};

const isReply = (content: unknown): content is EnrichedReply =>
  typeof content === 'object' && content !== null && 'referenceId' in content;

test('makes a group that the mailbox hears and writes to', async () => {
  const { url } = await startNetwork();
  // A conversation that the client made by itself is found by reconcile.
  const [alice, bob] = [await open(url, { reconcileEveryMs: 300 }), await openSdkClient(url)];
  const group = await alice.client.conversations.createGroup([bob.inboxId], { groupName: 'lunch' });
  await bob.conversations.sync();
  const atBob = (await bob.conversations.getConversationById(group.id)) as Group;
  expect(atBob.name).toBe('lunch');
  await atBob.sendText('noon?');
  const [heard] = await received(alice, 1);
  expect(heard).toMatchObject({ text: 'noon?', conversationId: group.id, conversationType: 'group' });

  await alice.send({ to: { conversationId: group.id }, text: 'yes' });
  await atBob.sync();
  expect((await atBob.messages()).map(({ content }) => content)).toContain('yes');
  expect(alice.client.installationId).toBe(alice.installationId);
});

test('carries an agent of the agent SDK, while inbox and outbox go on', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = [await open(url), await openSdkClient(url)];
  const agent = new Agent({ client: alice.client });
  const echoed = Promise.withResolvers<void>();
  agent.on('text', (context) => {
    context.sendTextReply(`echo: ${context.message.content}`).then(echoed.resolve, echoed.reject);
  });
  await agent.start();
  onTestFinished(() => agent.stop());

  const dm = await bob.conversations.createDmWithIdentifier(ethereumAccount(alice.address));
  await dm.sendText('hello');
  const [heard] = await received(alice, 1);
  expect(heard?.text).toBe('hello');
  await alice.send({ to: { conversationId: heard!.conversationId }, text: 'from the outbox' });
  const contents = async () => {
    await dm.sync();
    return (await dm.messages()).map(({ content }) => (isReply(content) ? content.content : content));
  };
  await echoed.promise;
  expect(await contents()).toEqual(expect.arrayContaining(['echo: hello', 'from the outbox']));
});

test('sends and reads a content type of its own', async () => {
  const { url } = await startNetwork();
  const person = createPerson();
  const settings = { ...networkAt(url), dbPath: null, disableDeviceSync: true };
  const bob = await Client.create(person.signer, { ...settings, codecs: [pollCodec] });
  const alice = await open(url, { codecs: [pollCodec] });
  const dm = await alice.client.conversations.createDmWithIdentifier(ethereumAccount(person.address));
  await dm.send(pollCodec.encode({ question: 'tea?' }));
  await bob.conversations.syncAll();
  const [atBob] = bob.conversations.listDms();
  expect((await atBob!.messages()).map(({ content }) => content)).toContainEqual({ question: 'tea?' });
  await atBob!.send(pollCodec.encode({ question: 'milk?' }));
  await atBob!.sendText('both');
  const heard = await received(alice, 2);
  expect(heard.map(({ contentType, text }) => [contentType, text])).toEqual([
    ['example.org/poll:1.0', null],
    ['xmtp.org/text:1.0', 'both'],
  ]);
  const own = await alice.client.conversations.getConversationById(dm.id);
  expect((await own!.messages()).map(({ content }) => content)).toContainEqual({ question: 'milk?' });
});

test('mailboxes that open at once get a client each', async () => {
  const { url } = await startNetwork();
  const mailboxes = await Promise.all([1, 2, 3].map(() => open(url)));
  expect(mailboxes.map(({ client }) => client.inboxId)).toEqual(mailboxes.map(({ inboxId }) => inboxId));
  expect(new Set(mailboxes.map(({ inboxId }) => inboxId)).size).toBe(3);
});
