import { createRequire } from 'node:module';
import { join } from 'node:path';
import { networkAt, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { connectBell } from '../src/bell/connect-bell.ts';
import { createOwnRecogniser } from '../src/bell/create-own-recogniser.ts';
import { createGovernor } from '../src/governor/create-governor.ts';
import type { PostedMessage } from '../src/grpc/wire.ts';
import { classifySdkError, sdkReason } from '../src/sdk/classify-error.ts';
import { decodeMessage } from '../src/content/decode-message.ts';
import { encodeReply } from '../src/content/encode-reply.ts';
import { encodeText } from '../src/content/encode-text.ts';
import type { Conversation, StoredContent } from '../src/sdk/conversation.ts';
import type { NativeClient } from '../src/sdk/native-client.ts';
import { openNativeClient } from '../src/sdk/open-native-client.ts';
import { createHome, createPerson, openSdkClient, startNetwork } from './stage.ts';

// What this package relies on and the SDK does not document. A new version must pass here before it is pinned.

async function createClient(url: string): Promise<NativeClient & { address: string }> {
  const person = createPerson();
  const client = await openNativeClient({
    network: networkAt(url),
    address: person.address,
    databasePath: join(await createHome(), 'xmtp.db'),
    encryptionKey: new Uint8Array(32).fill(7),
    governor: createGovernor(),
  });
  await client.register(person.signer);
  return { ...client, address: person.address };
}

const text = (value: string): StoredContent => encodeText(value);

async function send(conversation: Conversation, content: StoredContent): Promise<string> {
  const id = await conversation.store(content, 'queued');
  await conversation.publishQueued();
  return id;
}

/** A network that says how many calls it has had. */
async function countCalls(): Promise<{ url: string; counts: () => number }> {
  let calls = 0;
  const { url } = await startNetwork({
    onCall() {
      calls += 1;
    },
  });
  return { url, counts: () => calls };
}

test('the pinned versions are the ones that were looked into', () => {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
  const root = join(require.resolve('@xmtp/node-bindings'), '../../package.json');
  expect((require(root) as { version: string }).version).toBe('1.10.0');
  expect(versionOf('@xmtp-messaging/xmtp-core')).toBeTypeOf('string');
});

test('a stored message is published by id as often as we like, and arrives once', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = [await createClient(url), await createClient(url)];
  const dm = await alice.createDm(bob.address);
  const id = await dm.store(text('stored'), 'queued');
  expect(alice.message(id)?.isPublished).toBe(false);
  await dm.publishOne(id);
  await dm.publishOne(id);
  expect(alice.message(id)?.isPublished).toBe(true);
  await bob.syncWelcomes();
  const [conversation] = bob.listConversations({ denied: false });
  await conversation!.sync();
  const messages = await conversation!.messages({});
  expect(messages.map((message) => message.id)).toEqual([id]);
});

test('a message stored with an intent is published by the next sync: its row must be journaled first', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = [await createClient(url), await createClient(url)];
  const dm = await alice.createDm(bob.address);
  const id = await dm.store(text('optimistic'), 'queued');
  expect(alice.message(id)?.isPublished).toBe(false);
  await dm.sync();
  expect(alice.message(id)?.isPublished).toBe(true);
});

test('adding nobody brings in the installations of now, and asks the network once when nothing has changed', async () => {
  const { url, counts } = await countCalls();
  const alice = await createClient(url);
  const person = createPerson();
  const phone = await openSdkClient(url, person);
  const dm = await alice.createDm(person.address);
  await openSdkClient(url, person);
  await phone.conversations.sync();
  const installations = async () => (await dm.members()).find(({ inboxId }) => inboxId === phone.inboxId);
  await dm.refreshMembers();
  expect((await installations())?.installations).toBe(2);
  // The first look is the SDK's own; the second learns from which updates on there is news.
  await dm.refreshMembers();
  const before = counts();
  await dm.refreshMembers();
  expect(counts() - before).toBe(1);
});

test('a publication that failed leaves none of three messages to a later sync, only to us', async () => {
  const network = await startNetwork();
  const [alice, bob] = [await createClient(network.url), await createClient(network.url)];
  const dm = await alice.createDm(bob.address);
  const ids = [
    await dm.store(text('1'), 'queued'),
    await dm.store(text('2'), 'queued'),
    await dm.store(text('3'), 'queued'),
  ];
  network.faults.set({ errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE' }] });
  await expect(dm.publishQueued()).rejects.toThrow('SyncFailedToWait');
  network.faults.clear();
  await dm.sync();
  const statuses = () => ids.map((id) => alice.message(id)?.isPublished);
  expect(statuses()).toEqual([false, false, false]);
  for (const id of ids) await dm.publishOne(id);
  expect(statuses()).toEqual([true, true, true]);
});

test('a message that was only prepared is published by no sync, and a reply among them reads as one', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = [await createClient(url), await createClient(url)];
  const dm = await alice.createDm(bob.address);
  const first = await send(dm, text('first'));
  const reply = encodeReply(encodeText('**ä**', 'markdown'), first);
  const id = await dm.store(reply, 'parked');
  await dm.sync();
  expect(alice.message(id)?.isPublished).toBe(false);
  await dm.publishOne(id);
  const same = await send(dm, reply);
  await bob.syncWelcomes();
  const [conversation] = bob.listConversations({ denied: false });
  await conversation!.sync();
  expect(decodeMessage(bob.message(id)!)).toMatchObject({ type: 'reply', replyTo: first, text: '**ä**' });
  expect(bob.message(id)?.content).toEqual(bob.message(same)?.content);
});

test('the insertion time of a row is never before its true time, and at most a minute after', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = [await createClient(url), await createClient(url)];
  const dm = await alice.createDm(bob.address);
  const before = BigInt(Date.now()) * 1_000_000n;
  const id = await dm.store(text('x'), 'queued');
  const after = BigInt(Date.now()) * 1_000_000n;
  const { insertedAtNs } = alice.message(id)!;
  expect(insertedAtNs).toBeGreaterThanOrEqual(before - 2_000_000n);
  expect(insertedAtNs).toBeLessThanOrEqual(after + 60_000_000_000n);
  const listed = await dm.messages({ insertedAfterNs: before - 2_000_000n });
  expect(listed.map((message) => message.id)).toEqual([id]);
});

test.runIf(testProtocol === 'v3')('the cursor of a group stands at the newest message that was fetched', async () => {
  const { url } = await startNetwork();
  const [alice, bob] = [await createClient(url), await createClient(url)];
  const dm = await alice.createDm(bob.address);
  const before = await dm.cursor();
  await send(dm, text('x'));
  await dm.sync();
  expect(await dm.cursor()).toBeGreaterThan(before);
});

test.runIf(testProtocol === 'v3')(
  "each message carries its sender's mark, which only the sender's keys fit",
  async () => {
    const { url } = await startNetwork();
    const [alice, bob] = [await createClient(url), await createClient(url)];
    const fromAlice = await alice.createDm(bob.address);
    await send(fromAlice, text('1'));
    await bob.syncWelcomes();
    const [fromBob] = bob.listConversations({ denied: false });
    const posted: PostedMessage[] = [];
    const ready = Promise.withResolvers<void>();
    const bell = connectBell({
      network: 'v3',
      url,
      appVersion: undefined,
      installationId: alice.installationId,
      groups: [{ key: fromAlice.id, cursor: 0n }],
      onReady: async () => ready.resolve(),
      onAdded: () => undefined,
      onGroup: async (message) => void posted.push(message),
      onWelcome: () => Promise.resolve(),
      onDown: () => undefined,
    });
    onTestFinished(() => bell.close());
    await ready.promise;
    await waitFor(() => posted.length > 0);
    posted.length = 0;
    await send(fromBob!, text('2'));
    await waitFor(() => posted.length > 0);
    const byBob = posted.splice(0);
    await send(fromAlice, text('3'));
    await waitFor(() => posted.length > 0);
    const isOwn = createOwnRecogniser({ now: Date.now });
    expect(posted.every((message) => isOwn(fromAlice, message) && !isOwn(fromBob!, message))).toBe(true);
    expect(byBob.every((message) => isOwn(fromBob!, message) && !isOwn(fromAlice, message))).toBe(true);
  },
);

test('what is absent is absent, and a released client fails instead of hanging', async () => {
  const { url } = await startNetwork();
  const alice = await createClient(url);
  expect(alice.message('00'.repeat(32))).toBeNull();
  expect(alice.conversation('00'.repeat(16))).toBeNull();
  expect(alice.deletion('00'.repeat(32))).toBeNull();
  expect(await alice.fetchIdentity('ab'.repeat(32))).toEqual({ inboxId: 'ab'.repeat(32), addresses: [] });
  await expect(alice.createDm(createPerson().address)).rejects.toSatisfy(
    (error) => classifySdkError(error) === 'RECIPIENT_NOT_FOUND',
  );
  alice.release();
  await expect(alice.syncWelcomes()).rejects.toThrow(/Pool|reconnect/);
});

test('errors are told apart by their texts', () => {
  const texts = {
    NETWORK_RETIRED: 'publishing to XMTP V3 is no longer available. Please upgrade your client to XMTP D14N.',
    WRONG_KEY: '[StorageError::Platform] PRAGMA key or salt has incorrect value',
    OTHER_INBOX: 'The InboxID a, associated does not match the stored InboxId b.',
    INSTALLATION_LIMIT: 'because the InboxID x has already registered 10/10 installations.',
    RECIPIENT_NOT_FOUND: '[ClientError::Storage] storage error: inbox id for address 0x1 not found',
    NETWORK_UNREACHABLE: '[ApiError::Api] The service is currently unavailable',
    SDK_FAILED: 'anything else',
  };
  for (const [code, text] of Object.entries(texts)) expect(classifySdkError(new Error(text))).toBe(code);
  expect(sdkReason(new Error('pages of text, self: "the sentence", more pages'))).toBe('the sentence');
});
