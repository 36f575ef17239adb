import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Devnet } from '@xmtp-messaging/devnet';
import { createDevnet } from '@xmtp-messaging/devnet';
import { networkAt, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGovernor } from '../src/governor/create-governor.ts';
import { backupHome, type Mailbox, type MailboxError, restoreHome, type RestoreHomeOptions } from '../src/index.ts';
import { openNativeClient } from '../src/sdk/open-native-client.ts';
import { requestOf } from './request-of.ts';
import { createHome, createPerson, killAt, open, type Person, received } from './stage.ts';

let devnet: Devnet;
let identity: string;
let seal: { recipients: string[] };

beforeAll(async () => {
  devnet = await createDevnet({ protocol: testProtocol });
  identity = await generateX25519Identity();
  seal = { recipients: [await identityToRecipient(identity)] };
});
afterAll(() => devnet.close());

const placeFor = async (name: string) => join(await createHome(), name);
const codeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => null,
    (error: MailboxError) => error.code,
  );
const texts = async (mailbox: Mailbox) =>
  (await mailbox.inbox.list({ limit: 1_000 })).map(({ text, state }) => [text, state]);
const restore = (person: Person, options: Pick<RestoreHomeOptions, 'from' | 'home'> & Partial<RestoreHomeOptions>) =>
  restoreHome({ secret: { identity }, signer: person.signer, network: networkAt(devnet.url), ...options });

/** Lets the SDK fetch into the database, and nobody look at it: as when a process dies in between. */
async function fetchUnseen(home: string, person: Person) {
  const client = await openNativeClient({
    network: networkAt(devnet.url),
    address: person.address,
    databasePath: join(home, 'xmtp.db'),
    encryptionKey: Buffer.from(readFileSync(join(home, 'encryption.key'), 'utf8').trim(), 'hex'),
    governor: createGovernor(),
  });
  await client.syncWelcomes();
  await client.syncAll();
  client.release();
}

test('a home goes on elsewhere as another installation: what was handled is, what waited waits, what was under way is told', async () => {
  const { url } = devnet;
  const bob = await open(url);
  const [home, person] = [await createHome(), createPerson()];
  const to = { address: person.address };
  writeFileSync(join(home, 'allowlist.yaml'), '- address: 0x1\n', { mode: 0o600 });
  const before = await open(url, { home, person });
  await before.send(requestOf('first', bob.address));
  for (const text of ['handled', 'forgotten', 'pending', 'dead']) await bob.send({ to, text });
  const [handled, forgotten, pending, dead] = await received(before, 4);
  before.inbox.ack(handled!.messageId);
  before.inbox.ack(forgotten!.messageId);
  before.inbox.bury(dead!.messageId, 'because');
  const { conversationId: group } = await bob.groups.create({ members: [person.address], title: 'g' });
  await bob.send({ to: { conversationId: group }, text: 'in the group' });
  const brief = await bob.groups.create({ members: [person.address], disappearAfterMs: 3_600_000 });
  await bob.send({ to: { conversationId: brief.conversationId }, text: 'vanishes' });
  const vanishing = (await received(before, 6)).at(-1)!;
  expect(vanishing).toMatchObject({ text: 'vanishes', expiresAt: expect.any(Number) });
  await before.close();
  await killAt('publish:before', { url, home, person, to: bob.address, keys: ['a', 'b'] });
  // Long ago, so that the journal keeps no note of it any more.
  const hour = 3_600_000;
  const journal = new DatabaseSync(join(home, 'journal.db'));
  journal.prepare('delete from inbound where message_id = ?').run(forgotten!.messageId);
  journal
    .prepare(`update meta set value = ? where key = 'cursor-ns'`)
    .run(String(BigInt(Date.now() + hour) * 1_000_000n));
  journal.close();

  const from = await placeFor('alice.age');
  const made = await backupHome({ home, to: from, seal, now: () => Date.now() + hour });
  expect(made.files).toEqual(['backup.json', 'messages.archive', 'journal.db', 'allowlist.yaml', 'encryption.key']);
  expect(statSync(from).mode & 0o777).toBe(0o600);
  expect(readFileSync(from, 'utf8')).not.toContain(readFileSync(join(home, 'encryption.key'), 'utf8').trim());
  expect(readdirSync(home).filter((name) => name.startsWith('.'))).toEqual([]);
  // It goes on where it was, too.
  const meanwhile = await open(url, { home, person });
  await bob.send({ to, text: 'in between' });
  await received(meanwhile, 7);
  await meanwhile.send({ to: { address: bob.address }, text: 'sent in between' });
  await meanwhile.close();

  const elsewhere = await placeFor('restored');
  const restored = await restore(person, { from, home: elsewhere });
  expect(restored).toMatchObject({ pending: 3, dead: 1, unfinishedSends: 2, silentGroups: 2 });
  expect(restored.installationId).not.toBe(restored.formerInstallationId);
  expect(existsSync(`${elsewhere}.restoring`)).toBe(false);
  expect(readdirSync(elsewhere).filter((name) => name.startsWith('.'))).toEqual([]);
  expect(readFileSync(join(elsewhere, 'allowlist.yaml'), 'utf8')).toBe('- address: 0x1\n');

  const after = await open(url, { home: elsewhere, person });
  expect(after.status()).toMatchObject({ installations: { used: 2 }, losses: [{ code: 'HOME_RESTORED' }] });
  const waiting = [
    ['handled', 'delivered'],
    ['pending', 'pending'],
    ['dead', 'dead'],
    ['in the group', 'pending'],
    [null, 'pending'],
  ];
  expect(await texts(after)).toEqual(waiting);
  // No archive says when a message is to disappear: it would be there for ever.
  expect(await after.inbox.get(vanishing.messageId)).toMatchObject({ gone: 'expired', content: null });
  expect(after.client.conversations.getMessageById(vanishing.messageId)).toBeUndefined();
  expect(await after.send(requestOf('first', bob.address))).toMatchObject({ status: 'sent', replayed: true });
  expect(await codeOf(after.send(requestOf('a', bob.address)))).toBe('SEND_UNKNOWN');
  expect(await codeOf(after.send({ ...requestOf('a', bob.address), text: 'else' }))).toBe('IDEMPOTENCY_CONFLICT');
  expect(await codeOf(after.send({ to: { conversationId: group }, text: 'x' }))).toBe('NOT_A_MEMBER');

  // An answer to what came before goes out where the agent knows it from, and what comes from now on is heard.
  const { conversationId, messageId } = pending!;
  await after.send({ to: { conversationId }, text: 'answer', replyTo: messageId });
  await bob.send({ to, text: 'welcome back' });
  await bob.send({ to: { conversationId: group }, text: 'in the group again' });
  await waitFor(() => after.status().inbox.pending === 5, { timeoutMs: 30_000, what: 'what came since' });
  const [one, other] = (await after.inbox.list({ limit: 100 })).slice(-2);
  const told = new Map([one, other].map((message) => [message?.text, message?.conversationId]));
  expect(told).toEqual(
    new Map([
      ['in the group again', group],
      ['welcome back', conversationId],
    ]),
  );
  expect(one!.seq).toBeGreaterThan(1_000_000_000);
  await after.send({ to: { conversationId: group }, text: 'here again' });
  await waitFor(() => bob.inbox.lastSeq() >= 6, { timeoutMs: 30_000, what: 'everything to reach the other side' });
  const heard = (await texts(bob)).map(([text]) => text);
  const said = ['text of first', 'text of a', 'text of b', 'sent in between', 'answer', 'here again'];
  expect(heard).toHaveLength(said.length);
  expect(new Set(heard)).toEqual(new Set(said));
  expect(after.status().directions.receiving.state).toBe('ok');
});

test('a restore that is killed goes on when it is asked for again, and registers once', async () => {
  const { url } = devnet;
  const bob = await open(url);
  const [home, person] = [await createHome(), createPerson()];
  await (await open(url, { home, person })).close();
  await bob.send({ to: { address: person.address }, text: 'fetched, and not looked at' });
  await fetchUnseen(home, person);
  const [from, elsewhere] = [await placeFor('alice.age'), await placeFor('restored')];
  await backupHome({ home, to: from, seal });
  const child = fileURLToPath(new URL('restore-child.ts', import.meta.url));
  for (const point of ['import', 'finish']) {
    const order = { point, url, from, identity, home: elsewhere, privateKey: person.privateKey };
    const run = promisify(execFile)(process.execPath, [...sourceFlags, child, JSON.stringify(order)]);
    await expect(run).rejects.toMatchObject({ signal: 'SIGKILL' });
    expect([point, existsSync(elsewhere)]).toEqual([point, false]);
  }
  const other = await placeFor('bob.age');
  await backupHome({ home, to: other, seal });
  expect(await codeOf(restore(person, { from: other, home: elsewhere }))).toBe('INVALID_REQUEST');
  await restore(person, { from, home: elsewhere });
  const after = await open(url, { home: elsewhere, person });
  expect(await texts(after)).toEqual([['fetched, and not looked at', 'pending']]);
  expect(after.status()).toMatchObject({ installations: { used: 2 } });
  await after.close();
  expect(await codeOf(restore(person, { from, home: elsewhere }))).toBe('INVALID_REQUEST');
});

test('an open mailbox is backed up too; what does not fit, or cannot be read, changes nothing', async () => {
  const { url } = devnet;
  const [home, person, stranger] = [await createHome(), createPerson(), createPerson()];
  const mailbox = await open(url, { home, person });
  const [from, elsewhere] = [await placeFor('alice.age'), await placeFor('restored')];
  expect(await codeOf(backupHome({ home, to: from, seal }))).toBe('LOCKED_BY_OTHER');
  expect(await codeOf(mailbox.backup({ seal: { passphrase: 'too short' } }))).toBe('INVALID_REQUEST');
  expect(await codeOf(mailbox.backup({ seal: { recipients: ['age1no'] } }))).toBe('INVALID_REQUEST');
  const given = await mailbox.backup({ seal });
  expect(await codeOf(mailbox.backup({ seal }))).toBe('TOO_BUSY');
  await given.stream.cancel();
  expect(readdirSync(home).filter((name) => name.startsWith('.'))).toEqual([]);
  const { stream } = await mailbox.backup({ seal: { passphrase: 'correct horse battery', workFactor: 10 } });
  writeFileSync(from, Buffer.from(await new Response(stream).arrayBuffer()));
  await mailbox.close();
  expect(await codeOf(backupHome({ home, to: from, seal }))).toBe('INVALID_REQUEST');
  expect(await codeOf(backupHome({ home: elsewhere, to: `${from}-2`, seal }))).toBe('INVALID_REQUEST');

  const secret = { passphrase: 'correct horse battery' };
  const bytes = readFileSync(from);
  const damaged = await placeFor('damaged.age');
  const flipped = Uint8Array.from(bytes, (byte, index) => (index === bytes.length - 9 ? byte ^ 1 : byte));
  const attempts: [string, Partial<RestoreHomeOptions>, (Uint8Array | undefined)?][] = [
    ['BACKUP_UNREADABLE', { secret: { identity } }],
    ['BACKUP_UNREADABLE', { secret }, bytes.subarray(0, -70_000)],
    ['BACKUP_UNREADABLE', { secret }, flipped],
    ['BACKUP_UNREADABLE', { secret }, Buffer.from('not one of ours')],
    ['OTHER_INBOX', { secret, signer: stranger.signer }],
    ['OTHER_NETWORK', { secret, network: { ...networkAt(url), env: 'dev' } }],
    ['PATH_MISSING', { secret, from: join(elsewhere, 'none') }],
  ];
  for (const [code, options, content = bytes] of attempts) {
    writeFileSync(damaged, content);
    expect([code, await codeOf(restore(person, { from: damaged, home: elsewhere, ...options }))]).toEqual([code, code]);
    expect(existsSync(`${elsewhere}.restoring`)).toBe(false);
  }
  expect(existsSync(elsewhere)).toBe(false);
  expect(await restore(person, { from, home: elsewhere, secret })).toMatchObject({ pending: 0, unfinishedSends: 0 });
});
