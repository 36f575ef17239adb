import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAllowlist, openGroupList } from '@xmtp-messaging/allowlist';
import { createManualClock, temporaryDirectory } from '@xmtp-messaging/testing';
import { type Envelope, maxContentBytes, type Verdict } from '@xmtp-messaging/xmtp-core';
import { expect, onTestFinished, test } from 'vitest';
import type { AgentOptions } from '../agent-options.ts';
import type { MessageKinds } from './choose-kinds.ts';
import { createAdmit, mayBeHeard, type StrangerLimits } from './create-admit.ts';

const listed = '0x5290000000000000000000000000000000009ee7';
const stranger = '0x00000000000000000000000000000000000000bb';

async function setUp(
  mode: 'closed' | 'open' = 'closed',
  denylistFile = '',
  strangers: StrangerLimits = {},
  kinds: MessageKinds = {},
  groups?: AgentOptions['groups'],
) {
  const folder = await temporaryDirectory();
  const clock = createManualClock();
  if (denylistFile !== '') await writeFile(join(folder, 'denylist.yaml'), denylistFile, { mode: 0o600 });
  const allowlist = await openAllowlist({ path: join(folder, 'allowlist.yaml') });
  const denylist = await openAllowlist({ path: join(folder, 'denylist.yaml') });
  const grouplist = await openGroupList({ path: join(folder, 'grouplist.yaml') });
  onTestFinished(async () => {
    await Promise.all([allowlist.close(), denylist.close(), grouplist.close()]);
  });
  await allowlist.add({ address: listed });
  const counts = new Map<string, number>();
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const admit = createAdmit({
    home: { allowlist, denylist, grouplist },
    mode,
    groups,
    strangers,
    kinds,
    metrics: { accepted: add, dropped: add },
    now: () => clock.now(),
  });
  let count = 0;
  const from = (address: string, facts: Partial<Envelope> = {}) => {
    count += 1;
    return admit({
      messageId: count.toString(16).padStart(64, '0'),
      conversationId: 'c0',
      conversationType: 'dm',
      senderInboxId: `inbox of ${address}`,
      senderAddresses: [address as `0x${string}`],
      contentType: 'xmtp.org/text:1.0',
      contentBytes: 10,
      sentAt: clock.now(),
      ...facts,
    }) as Verdict;
  };
  const isHeard = mayBeHeard({ home: { allowlist, denylist }, mode });
  return { from, isHeard, folder, allowlist, denylist, grouplist, clock, counts };
}

test('H3: an empty list hears nobody; closed is the default', async () => {
  const { from } = await setUp();
  expect(from(stranger)).toEqual({ admit: false, reason: 'not-listed' });
  expect(from(listed)).toEqual({ admit: true, sender: 'allowlisted' });
});

test('the denylist wins over everything; while it cannot be read nobody is heard and nothing is decided', async () => {
  const { from, denylist } = await setUp('open');
  expect(from(stranger)).toEqual({ admit: true, sender: 'unknown' });
  await denylist.add({ address: listed });
  expect(from(listed)).toEqual({ admit: false, reason: 'denied' });
  const broken = await setUp('open', 'not: [a list');
  const all = { admit: false, reason: 'denylist-unreadable', undecided: true };
  expect([broken.from(stranger), broken.from(listed)]).toEqual([all, all]);
});

async function withListInDoubt(mode: 'closed' | 'open') {
  const parts = await setUp(mode);
  await parts.denylist.add({ address: '0x00000000000000000000000000000000000000cc' });
  const file = join(parts.folder, 'allowlist.yaml');
  const good = await readFile(file, 'utf8');
  await writeFile(file, 'not: [a list');
  await parts.allowlist.reload();
  const mend = async () => {
    await writeFile(file, good);
    await parts.allowlist.reload();
  };
  return { ...parts, mend };
}
const waits = { admit: false, reason: 'allowlist-unreadable', undecided: true };

test('while the allowlist cannot be read, what its people write waits and is not refused', async () => {
  const { from, mend, counts } = await withListInDoubt('closed');
  expect([from(listed), from(listed, { conversationType: 'group' })]).toEqual([waits, waits]);
  // What the list has no part in is decided.
  expect(from('0x00000000000000000000000000000000000000cc')).toEqual({ admit: false, reason: 'denied' });
  expect([...counts.keys()]).not.toContain(waits.reason);
  await mend();
  expect(from(listed)).toEqual({ admit: true, sender: 'allowlisted' });
});

test('open mode hears everybody meanwhile, and drops nobody for being too fast for a stranger', async () => {
  const { from } = await withListInDoubt('open');
  expect(from(listed)).toEqual({ admit: true, sender: 'unknown' });
  expect(from(listed, { conversationType: 'group' })).toEqual(waits);
  const dropped = Array.from({ length: 20 }, () => from(listed)).filter((one) => !one.admit && one.undecided !== true);
  expect(dropped).toEqual([]);
});

test('in groups only listed senders are heard, in open mode too', async () => {
  const { from } = await setUp('open');
  expect(from(stranger, { conversationType: 'group' })).toMatchObject({ admit: false });
  expect(from(listed, { conversationType: 'group' })).toMatchObject({ admit: true });
});

test('which kinds are heard and which wake the agent is for the operator to say', async () => {
  const reaction = { contentType: 'xmtp.org/reaction:2.0' };
  const custom = { contentType: 'evil.org/text:1.0' };
  const { from } = await setUp();
  const heard = { admit: true, sender: 'allowlisted' };
  expect([from(listed), from(listed, custom)]).toEqual([heard, heard]);
  for (const kind of ['reaction:1', 'readReceipt:1', 'group_updated:1', 'leave_request:1', 'deleteMessage:1']) {
    expect(from(listed, { contentType: `xmtp.org/${kind}.0` })).toMatchObject({ admit: true, wakes: false });
  }
  const few = await setUp('closed', '', {}, { hears: ['text', 'reaction'], wakes: ['reaction'] });
  expect(few.from(listed)).toMatchObject({ admit: true, wakes: false });
  expect(few.from(listed, reaction)).toEqual({ admit: true, sender: 'allowlisted' });
  expect(few.from(listed, custom)).toEqual({ admit: false, reason: 'content-type' });
});

test('M1: listed people are heard in full, of strangers nothing larger than 64 KiB', async () => {
  const { from } = await setUp('open');
  expect(from(listed, { contentBytes: 1_000_000 })).toMatchObject({ admit: true });
  expect(from(listed, { contentBytes: maxContentBytes + 1 })).toEqual({ admit: false, reason: 'too-large' });
  expect(from(stranger, { contentBytes: 65_536 })).toMatchObject({ admit: true });
  expect(from(stranger, { contentBytes: 65_537 })).toEqual({ admit: false, reason: 'too-large' });
});

test('M2: strangers are limited one by one and together; a listed sender who catches up is not', async () => {
  const { from, counts } = await setUp('open');
  const own = Array.from({ length: 8 }, () => from(stranger).admit);
  expect(own.filter(Boolean)).toHaveLength(5);
  const others = Array.from({ length: 100 }, (_, index) => from(`0x${index.toString(16).padStart(40, '0')}`).admit);
  expect(others.filter(Boolean)).toHaveLength(10);
  for (let count = 0; count < 5000; count += 1) expect(from(listed).admit).toBe(true);
  expect([counts.get('allowlisted'), counts.get('sender-rate')]).toEqual([5000, 3]);
});

test('the limits for strangers are for the operator to set', async () => {
  const strangers = { unknownSender: { burst: 50, perSecond: 1 }, unknownTotal: { burst: 200, perSecond: 1 } };
  const { from } = await setUp('open', '', strangers);
  expect(Array.from({ length: 60 }, () => from(stranger).admit).filter(Boolean)).toHaveLength(50);
});

test('what the mailbox could not record is admitted again, and not charged twice', async () => {
  const { from } = await setUp('open');
  const again = Array.from({ length: 20 }, () => from(stranger, { messageId: 'ab' }).admit);
  expect(again.every(Boolean)).toBe(true);
  expect(from(stranger, { messageId: 'cd' }).admit).toBe(true);
});

test('whose conversations cost nothing any more: those of nobody who may be heard, never on a list in doubt', async () => {
  const { isHeard, allowlist, denylist, folder } = await setUp();
  expect([isHeard(listed), isHeard(stranger)]).toEqual([true, false]);
  await denylist.add({ address: listed });
  expect(isHeard(listed)).toBe(false);
  await writeFile(join(folder, 'allowlist.yaml'), 'not: [a list');
  await allowlist.reload();
  expect(isHeard(stranger)).toBe(true);
  const open = await setUp('open');
  expect(open.isHeard(stranger)).toBe(true);
});

test('with listed groups, listed senders are heard in those alone, and who is heard stays a decision for each', async () => {
  const group = 'a1'.repeat(16);
  const { from, folder, grouplist } = await setUp('open', '', {}, {}, 'listed-groups');
  const there = { conversationType: 'group', conversationId: group } as const;
  expect(from(listed, there)).toEqual({ admit: false, reason: 'group-not-listed' });
  expect(from(stranger, there)).toEqual({ admit: false, reason: 'group-sender-not-listed' });
  await grouplist.add({ conversationId: group });
  expect(from(listed, there)).toEqual({ admit: true, sender: 'allowlisted' });
  expect(from(stranger, there)).toEqual({ admit: false, reason: 'group-sender-not-listed' });
  expect(from(listed)).toEqual({ admit: true, sender: 'allowlisted' });
  await writeFile(join(folder, 'grouplist.yaml'), '- what');
  await grouplist.reload();
  // Nothing is decided while nobody knows.
  expect(from(listed, there)).toEqual({ admit: false, reason: 'grouplist-unreadable', undecided: true });
});
