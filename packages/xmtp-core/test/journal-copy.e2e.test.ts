import { existsSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Mailbox, MailboxEvent } from '../src/index.ts';
import { createHome, createPerson, open, received, startNetwork } from './stage.ts';

/** A home with a copy of its journal that is older than the journal: `old` and `k1` are in it, `new` is not. */
async function setUp() {
  const devnet = await startNetwork();
  const peer = await open(devnet.url);
  const home = await createHome();
  const person = createPerson();
  const events: MailboxEvent[] = [];
  const reopen = (now?: () => number) =>
    open(devnet.url, { home, person, bell: false, onEvent: (event) => void events.push(event), ...(now && { now }) });
  const file = (name: string) => join(home, name);
  const tell = async (mailbox: Mailbox, text: string) => {
    await peer.send({ to: { address: person.address }, text });
    return (await received(mailbox, mailbox.inbox.lastSeq() + 1)).at(-1)!;
  };
  const first = await reopen();
  const old = await tell(first, 'old');
  first.inbox.ack(old.messageId);
  const k1 = { to: { address: peer.address }, text: 'one', idempotencyKey: 'k1' };
  await first.send(k1);
  await first.close();
  rmSync(file('journal.db.copy'));
  const second = await reopen();
  await waitFor(() => existsSync(file('journal.db.copy')));
  const fresh = await tell(second, 'new');
  const head = second.inbox.lastSeq();
  await second.close();
  return { reopen, file, events, old, fresh, k1, head, tell };
}

test('a damaged journal is restored from its copy, loses no message, and says so', async () => {
  const { reopen, file, events, old, fresh, k1, head, tell } = await setUp();
  truncateSync(file('journal.db'), Math.floor(statSync(file('journal.db')).size / 2));
  const bytes = readFileSync(file('journal.db'));
  const mailbox = await reopen();
  expect(readFileSync(file('journal.db.damaged')).equals(bytes)).toBe(true);
  expect(mailbox.status()).toMatchObject({
    state: 'connected',
    losses: [{ code: 'JOURNAL_RESTORED' }],
    installations: { used: 1 },
  });
  expect(mailbox.status().losses[0]!.message).toMatch(/copy of 20\d\d-.*journal\.db\.damaged.*delivered again/u);
  expect(events.filter(({ name }) => name === 'journal-restored')).toMatchObject([{ level: 'error' }]);
  // What was handled before the copy stays handled; what came after it is seen again, by a position nobody has seen.
  expect((await mailbox.inbox.get(old.messageId))?.state).toBe('delivered');
  const again = await waitFor(() => mailbox.inbox.get(fresh.messageId));
  expect(again).toMatchObject({ state: 'pending', text: 'new' });
  expect(again.seq).toBeGreaterThan(head);
  expect((await tell(mailbox, 'newest')).seq).toBeGreaterThan(again.seq);
  // Keys of before the copy hold.
  expect(await mailbox.send(k1)).toMatchObject({ replayed: true });
  await expect(mailbox.send({ ...k1, text: 'another' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  await mailbox.close();
  const later = await reopen();
  expect(later.status().losses).toMatchObject([{ code: 'JOURNAL_RESTORED' }]);
  expect((await later.inbox.get(fresh.messageId))?.seq).toBe(again.seq);
});
