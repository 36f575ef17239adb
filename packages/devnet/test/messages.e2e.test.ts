import { encodeText } from '@xmtp/node-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createClient, createClients, readTexts } from './clients.ts';
import { reaction } from './sdk-enums.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet();
});
afterAll(() => network.close());

test('two clients write to each other', async () => {
  const [alice, bob] = await createClients(network, 2);
  const toBob = await alice!.conversations.createDm(bob!.inboxId);
  await toBob.sendText('hello bob');
  await bob!.conversations.syncAll();
  const [toAlice] = bob!.conversations.listDms();
  await toAlice!.sendText('hello alice');
  expect(await readTexts(toBob)).toEqual(['hello bob', 'hello alice']);
});

test('two DMs that both sides open at once are read as one', async () => {
  const [alice, bob] = await createClients(network, 2);
  const [fromAlice, fromBob] = await Promise.all([
    alice!.conversations.createDm(bob!.inboxId),
    bob!.conversations.createDm(alice!.inboxId),
  ]);
  await fromAlice.sendText('from alice');
  await fromBob.sendText('from bob');
  expect(fromAlice.id).not.toBe(fromBob.id);
  for (const client of [alice!, bob!]) {
    await client.conversations.syncAll();
    const dms = client.conversations.listDms();
    expect(dms).toHaveLength(1);
    expect((await readTexts(dms[0]!)).toSorted()).toEqual(['from alice', 'from bob']);
  }
});

test('every kind of message arrives as what it is', async () => {
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  const id = await dm.sendText('text');
  await dm.sendMarkdown('# markdown');
  await dm.sendReply({ content: encodeText('reply'), reference: id, referenceInboxId: alice!.inboxId });
  await dm.sendReaction({
    reference: id,
    referenceInboxId: alice!.inboxId,
    action: reaction.added,
    content: '+1',
    schema: reaction.unicode,
  });
  await dm.sendAttachment({ filename: 'a.bin', mimeType: 'application/octet-stream', content: Uint8Array.of(1, 2, 3) });
  await dm.sendReadReceipt();
  await dm.send({
    type: { authorityId: 'example.org', typeId: 'odd', versionMajor: 1, versionMinor: 0 },
    parameters: {},
    content: Uint8Array.of(9),
  });
  await bob!.conversations.syncAll();
  const [received] = bob!.conversations.listDms();
  const messages = await received!.messages();
  const types = messages.map(({ contentType }) => contentType?.typeId);
  expect(types).toEqual(['group_updated', 'text', 'markdown', 'reply', 'attachment', 'odd']);
  const text = messages.find((message) => message.id === id);
  expect(text?.reactions.map(({ content }) => (content as { content: string }).content)).toEqual(['+1']);
});

// oxlint-disable-next-line node/no-process-env -- how much is the choice of who runs the tests
const count = Number(process.env['DEVNET_MESSAGES'] ?? 1_000);

test(`${count} messages of one conversation are read back in order`, async () => {
  const [alice, bob] = await createClients(network, 2);
  const dm = await alice!.conversations.createDm(bob!.inboxId);
  const batch = 100;
  for (let start = 0; start < count; start += batch) {
    for (let index = start; index < start + batch; index++) await dm.sendText(`${index}`, true);
    await dm.publishMessages();
  }
  await bob!.conversations.syncAll();
  const [received] = bob!.conversations.listDms();
  const texts = await readTexts(received!);
  expect(texts).toEqual(Array.from({ length: count }, (_, index) => `${index}`));
});

test('ready accounts are signers of the SDK', async () => {
  const [account] = network.accounts;
  const clients = await Promise.all(
    [account!, network.createAccount()].map(({ signer }) => createClient(network, { signer: signer as never })),
  );
  expect(clients.map(({ isRegistered }) => isRegistered)).toEqual([true, true]);
  expect(clients[0]!.accountIdentifier?.identifier).toBe(account!.address);
});
