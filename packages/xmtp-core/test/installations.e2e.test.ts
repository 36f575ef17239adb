import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Address, Mailbox } from '../src/index.ts';
import { createOwner, readableBy, reads } from './phones.ts';
import { requestOf } from './request-of.ts';
import {
  createHome,
  createPerson,
  killAt,
  open,
  openSdkClient,
  sendUntilSent,
  sendUntilStored,
  startNetwork,
} from './stage.ts';

const conversationOf = async (mailbox: Mailbox, address: Address) =>
  (await mailbox.send({ to: { address }, text: 'hello' })).conversationId;

test('a new phone reads what is sent a moment after it was registered', async () => {
  const network = await startNetwork();
  const [alice, bob] = [await open(network.url), await createOwner(network)];
  const to = { address: bob.person.address };
  const { messageId } = await alice.send({ to, text: 'first' });
  const second = await bob.buyPhone();
  await alice.send({ to, text: 'text' });
  const third = await bob.buyPhone();
  await alice.send({ to, text: 'markdown', contentType: 'markdown' });
  const fourth = await bob.buyPhone();
  await alice.send({ to, text: 'reply', replyTo: messageId });
  await reads(second, ['text', 'markdown', 'reply']);
  await reads(third, ['markdown', 'reply']);
  await reads(fourth, ['reply']);
  await reads(bob.phone, ['first', 'text', 'markdown', 'reply']);
  expect(await readableBy(fourth)).not.toContain('markdown');
});

test('a lost phone reads nothing that is sent after it was revoked', async () => {
  const network = await startNetwork();
  const [alice, bob] = [await open(network.url), await createOwner(network)];
  const to = { address: bob.person.address };
  const second = await bob.buyPhone();
  await alice.send({ to, text: 'before' });
  await reads(second, ['before']);
  await bob.losePhone(second);
  await alice.send({ to, text: 'after' });
  await reads(bob.phone, ['before', 'after']);
  expect(await readableBy(second)).not.toContain('after');
});

test('after a time of quiet as well, where the bare SDK does the same', async () => {
  const network = await startNetwork();
  const [alice, bob] = [await open(network.url), await createOwner(network)];
  const bare = await openSdkClient(network.url);
  const dm = await bare.conversations.createDm(bob.phone.inboxId);
  const to = { address: bob.person.address };
  await alice.send({ to, text: 'first' });
  const [second, lost] = [await bob.buyPhone(), await bob.buyPhone()];
  await alice.send({ to, text: 'second' });
  await bob.losePhone(lost);
  // The SDK looks at most every five seconds: when it has looked again, alice has been quiet for as long.
  let count = 0;
  await waitFor(
    async () => {
      count += 1;
      await dm.sendText(`bare ${count}`);
      return (await readableBy(second)).includes(`bare ${count}`);
    },
    { timeoutMs: 20_000, intervalMs: 500, what: 'the bare SDK to reach the new phone' },
  );
  await alice.send({ to, text: 'ours' });
  await reads(second, ['second', 'ours', `bare ${count}`]);
  const readable = await readableBy(lost);
  expect(readable).toContain('second');
  expect(readable).not.toContain('ours');
});

test('in a group every member has a new phone, and one of them lost another', async () => {
  const network = await startNetwork();
  const [alice, bob, carol] = [await open(network.url), await createOwner(network), await createOwner(network)];
  const lost = await carol.buyPhone();
  const group = await bob.phone.conversations.createGroup([alice.inboxId, carol.phone.inboxId]);
  await group.sendText('welcome');
  await waitFor(() => alice.inbox.lastSeq() > 0);
  const to = { conversationId: group.id };
  await alice.send({ to, text: 'first' });
  const phones = [await bob.buyPhone(), await carol.buyPhone()];
  await carol.losePhone(lost);
  await alice.send({ to, text: 'second' });
  for (const phone of [bob.phone, carol.phone, ...phones]) await reads(phone, ['second']);
  expect(await readableBy(lost)).not.toContain('second');
});

test('of a burst, the new phone reads all and the lost one nothing', async () => {
  const network = await startNetwork();
  const [alice, bob] = [await open(network.url), await createOwner(network)];
  const to = { address: bob.person.address };
  const lost = await bob.buyPhone();
  await alice.send({ to, text: 'first' });
  const second = await bob.buyPhone();
  await bob.losePhone(lost);
  const texts = Array.from({ length: 70 }, (_, index) => `burst ${index}`);
  await Promise.all(texts.map((text) => alice.send({ to, text })));
  await reads(second, texts);
  expect((await readableBy(lost)).filter((text) => text.startsWith('burst'))).toEqual([]);
});

for (const [name, plan] of [
  ['writes are refused', () => ({ refuseWrites: true })],
  ['the network is away', ({ installationId }: Mailbox) => ({ partitions: [{ installationId }] })],
] as const) {
  test(`what waited while ${name} is read by the phones of the time when it goes out`, async () => {
    const network = await startNetwork();
    const [alice, bob] = [await open(network.url, { sendDeadlineMs: 500 }), await createOwner(network)];
    const to = { address: bob.person.address };
    const lost = await bob.buyPhone();
    const { messageId } = await sendUntilSent(alice, { to, text: 'first' });
    network.faults.set(plan(alice));
    const texts = ['waited 0', 'waited 1', 'waited 2', 'waited 3', 'waited 4', 'waited 5', 'waited 6'];
    const results = await Promise.all(
      texts.map((text, index) => sendUntilStored(alice, { to, text, replyTo: index === 6 ? messageId : undefined })),
    );
    expect(results.map(({ status }) => status)).toEqual(texts.map(() => 'unknown'));
    // Registrations are writes too; alice finds out about the network only later.
    network.faults.set({ partitions: [{ installationId: alice.installationId }] });
    const second = await bob.buyPhone();
    await bob.losePhone(lost);
    network.faults.clear();
    await reads(second, texts);
    await reads(bob.phone, texts);
    expect((await readableBy(lost)).filter((text) => text.startsWith('waited'))).toEqual([]);
  });
}

for (const point of ['store:before', 'store:after', 'publish:before', 'publish:during']) {
  for (const size of [1, 5]) {
    test(`kill -9 at ${point} of ${size}: what the next start sends is read by the phones of then`, async () => {
      const network = await startNetwork();
      const bob = await createOwner(network);
      const lost = await bob.buyPhone();
      const [home, person] = [await createHome(), createPerson()];
      const options = { url: network.url, home, person, to: bob.person.address };
      const keys = Array.from({ length: size }, (_, index) => `key-${index}`);
      const before = await open(network.url, { home, person });
      await conversationOf(before, bob.person.address);
      await before.close();
      expect((await killAt(point, { ...options, keys })).signal).toBe('SIGKILL');
      // What got out before the end was for the phones of then.
      const early = new Set(await readableBy(bob.phone));

      const second = await bob.buyPhone();
      await bob.losePhone(lost);
      const alice = await open(network.url, { home, person });
      const texts = keys.map((key) => `text of ${key}`);
      await Promise.all(keys.map((key) => alice.send(requestOf(key, bob.person.address))));
      await reads(bob.phone, texts);
      await reads(
        second,
        texts.filter((text) => !early.has(text)),
      );
      expect((await readableBy(lost)).filter((text) => texts.includes(text) && !early.has(text))).toEqual([]);
    });
  }
}
