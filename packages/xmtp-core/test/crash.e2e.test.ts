import { waitFor } from '@xmtp-messaging/testing';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requestOf } from './request-of.ts';
import { createHome, createPerson, killAt, open, received, startNetwork } from './stage.ts';

// One after which the process dies, and several of which it dies in the middle.
const sizes = [1, 3];
const points = ['store:before', 'store:after', 'publish:before', 'publish:during', 'publish:after'];

for (const point of points) {
  for (const size of sizes) {
    test(`kill -9 at ${point} of ${size}: each key makes one message, never two`, async () => {
      const { url } = await startNetwork();
      const bob = await open(url);
      const [home, person] = [await createHome(), createPerson()];
      const keys = Array.from({ length: size }, (_, index) => `key-${index}`);
      const child = await killAt(point, { url, home, person, to: bob.address, keys });
      expect(child.signal).toBe('SIGKILL');

      const alice = await open(url, { home, person });
      const results = await Promise.all(keys.map((key) => alice.send(requestOf(key, bob.address))));
      expect(results.map(({ status }) => status)).toEqual(keys.map(() => 'sent'));
      // A last message: once it is there, everything before it is.
      await alice.send({ to: { address: bob.address }, text: 'end' });
      const messages = await received(bob, size + 1);
      expect(messages.pop()?.text).toBe('end');
      const expected = keys.map((key, index) => [`text of ${key}`, results[index]!.messageId] as const);
      expect(new Map(messages.map(({ text, messageId }) => [text, messageId]))).toEqual(new Map(expected));
      expect(messages).toHaveLength(size);
    });
  }
}

test('what was accepted before kill -9 is sent by the next start, though nobody asks again', async () => {
  const { url } = await startNetwork();
  const bob = await open(url);
  const [home, person] = [await createHome(), createPerson()];
  await killAt('publish:before', { url, home, person, to: bob.address, keys: ['a', 'b', 'c'] });
  const alice = await open(url, { home, person });
  const messages = await received(bob, 3);
  expect(messages.map(({ text }) => text)).toEqual(['text of a', 'text of b', 'text of c']);
  // The receiver may have it before the sender has read it back.
  await waitFor(() => alice.status().outbox.queued === 0);
  expect(alice.status().outbox).toEqual({ queued: 0, unsettled: 0, oldestUnsettledMs: null });
});

test('a key whose message the SDK lost with the power never makes a second one', async () => {
  const { url } = await startNetwork();
  const bob = await open(url);
  const to = { address: bob.address };
  const [home, safe, person] = [await createHome(), await createHome(), createPerson()];
  const before = await open(url, { home, person });
  await before.send({ to, text: 'first' });
  await before.close();
  await copyDatabase(home, safe);
  await killAt('publish:after', { url, home, person, to: bob.address, keys: ['a'] });
  // The SDK's commits do not wait for the disk: a power cut takes the last of them back, and ours not.
  await copyDatabase(safe, home);

  const alice = await open(url, { home, person });
  await expect(alice.send({ to, text: 'text of a', idempotencyKey: 'a' })).rejects.toMatchObject({
    code: 'SEND_FAILED',
  });
  expect((await received(bob, 2)).map(({ text }) => text)).toEqual(['first', 'text of a']);
});

/** The SDK's database with its log. */
async function copyDatabase(from: string, to: string): Promise<void> {
  for (const name of ['xmtp.db', 'xmtp.db-wal', 'xmtp.db-shm']) {
    await rm(join(to, name), { force: true });
    await cp(join(from, name), join(to, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}
