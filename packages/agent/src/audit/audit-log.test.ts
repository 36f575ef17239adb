import { appendFile, chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAllowlist, openGroupList } from '@xmtp-messaging/allowlist';
import { watchPlace } from '@xmtp-messaging/errors/files';
import { createManualClock, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { silent } from '../silent.ts';
import { changeList } from './change-list.ts';
import { followList } from './follow-list.ts';
import { type AuditLog, openAuditLog } from './open-audit-log.ts';
import { verifyAuditLog } from './verify-audit-log.ts';

const [alice, bob, mallory] = ['1', '2', '3'].map((digit) => `0x${digit.repeat(40)}`) as [string, string, string];
const clock = createManualClock();
const now = () => clock.now();

async function openHome(home: string) {
  const audit = openAuditLog({ home, logger: silent, now });
  const allowlist = await openAllowlist({ path: join(home, 'allowlist.yaml'), pollMs: 20, settleMs: 5 });
  const denylist = await openAllowlist({ path: join(home, 'denylist.yaml'), watch: false });
  const grouplist = await openGroupList({ path: join(home, 'grouplist.yaml'), watch: false });
  await Promise.all([followList(allowlist, 'allowlist', audit), followList(grouplist, 'grouplist', audit)]);
  const close = () => Promise.all([allowlist.close(), denylist.close(), grouplist.close()]);
  onTestFinished(async () => void (await close()));
  return { home: { place: watchPlace(home), audit, allowlist, denylist, grouplist }, close };
}
const linesOf = (home: string) => verifyAuditLog(join(home, 'audit.log')).lines.map((line) => ({ ...line }));

test('every change has a line that says who made it, whichever way it came', async () => {
  const folder = await temporaryDirectory();
  const { home, close } = await openHome(folder);
  const change = { home, list: 'allowlist', by: 'operator' } as const;
  await changeList(change, () => home.allowlist.add({ address: alice, name: 'alice.eth' }));
  await appendFile(join(folder, 'allowlist.yaml'), `- address: "${mallory}"\n`);
  await waitFor(() => home.allowlist.has(mallory));
  // Written by hand a moment before: not the operator's.
  await appendFile(join(folder, 'allowlist.yaml'), `- address: "${bob}"\n`);
  await changeList(change, () => home.allowlist.remove(mallory));
  await changeList({ ...change, by: 'program' }, () => home.allowlist.rename(alice, null));
  const lines = linesOf(folder);
  expect(lines.map(({ by, action, address }) => [by, action, address])).toEqual([
    ['operator', 'added', alice],
    ['file', 'added', mallory],
    ['file', 'added', bob],
    ['operator', 'removed', mallory],
    ['program', 'renamed', alice],
  ]);
  const group = 'a1'.repeat(16);
  await changeList({ ...change, list: 'grouplist' }, () => home.grouplist.add({ conversationId: group }));
  expect(linesOf(folder).at(-1)).toMatchObject({
    by: 'operator',
    action: 'added',
    list: 'grouplist',
    conversationId: group,
  });
  await close();
  await writeFile(join(folder, 'allowlist.yaml'), `- address: "${mallory}"\n`);
  await openHome(folder);
  expect(linesOf(folder).slice(6)).toMatchObject([{ by: 'file', action: 'changed', list: 'allowlist', count: 1 }]);
  await openHome(folder);
  expect(linesOf(folder)).toHaveLength(7);
});

test('part of a line that a crash left is taken away; a broken log is kept aside and said to be broken', async () => {
  const home = await temporaryDirectory();
  const path = join(home, 'audit.log');
  openAuditLog({ home, logger: silent, now }).record({ by: 'program', action: 'mode', mode: 'open' });
  await appendFile(path, '{"seq":2,"at":');
  const again = openAuditLog({ home, logger: silent, now });
  expect(again.last('mode')).toBe('open');
  again.record({ by: 'operator', action: 'discarded', id: 'f'.repeat(64) });
  expect(verifyAuditLog(path)).toMatchObject({ ok: true, lines: [{ seq: 1 }, { seq: 2, id: 'f'.repeat(64) }] });
  await writeFile(path, (await readFile(path, 'utf8')).replace('open', 'shut'));
  const after = openAuditLog({ home, logger: silent, now });
  expect(after.brokenAt).toBe(1);
  after.record({ by: 'operator', action: 'discarded' });
  expect(linesOf(home)).toMatchObject([{ action: 'log-broken', count: 1 }, { action: 'discarded' }]);
  expect((await readdir(home)).filter((name) => name.startsWith('audit.log.broken-'))).toHaveLength(1);
});

test('what a disk refuses is written with the next line', async () => {
  const home = await temporaryDirectory();
  const events: object[] = [];
  const logger = { ...silent, error: (fields: object) => void events.push(fields) };
  const audit = openAuditLog({ home, logger, now });
  await writeFile(join(home, 'elsewhere'), '');
  await rm(home, { recursive: true });
  audit.record({ by: 'operator', action: 'added', address: alice });
  expect(events).toEqual([{ event: 'audit-not-written', code: 'PATH_MISSING', waiting: 1 }]);
  await mkdir(home, { mode: 0o700 });
  audit.record({ by: 'operator', action: 'added', address: bob });
  expect(linesOf(home).map(({ address }) => address)).toEqual([alice, bob]);
  await chmod(join(home, 'audit.log'), 0o644);
  expect(() => verifyAuditLog(join(home, 'audit.log'))).toThrow('mode 0644');
});

test('a home that another has taken the place of gets neither a line nor an entry', async () => {
  const folder = join(await temporaryDirectory(), 'home');
  await mkdir(folder);
  const { home } = await openHome(folder);
  const audit = openAuditLog({ home: folder, place: home.place, logger: silent, now });
  await rename(folder, `${folder}-2`);
  await mkdir(folder);
  const change = { home, list: 'denylist', by: 'operator' } as const;
  const asked = changeList(change, () => home.denylist.add({ address: alice }));
  await expect(asked).rejects.toMatchObject({ code: 'PATH_MOVED' });
  audit.record({ by: 'operator', action: 'discarded' });
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
  await rename(`${folder}-2`, folder);
  audit.record({ by: 'operator', action: 'replayed' });
  expect(linesOf(folder).map(({ action }) => action)).toEqual(['discarded', 'replayed']);
});

test('a process that takes over goes on where the one before it ended, and takes nothing of it away', async () => {
  const home = await temporaryDirectory();
  const [first, second] = [1, 2].map(() => openAuditLog({ home, logger: silent, now })) as [AuditLog, AuditLog];
  for (const action of ['one', 'two', 'three']) first.record({ by: 'operator', action });
  second.record({ by: 'operator', action: 'four' });
  first.record({ by: 'operator', action: 'five' });
  expect(verifyAuditLog(join(home, 'audit.log')).ok).toBe(true);
  expect(linesOf(home).map(({ action }) => action)).toEqual(['one', 'two', 'three', 'four', 'five']);
});

test('an end that is cut off while somebody writes is noticed by the next line', async () => {
  const home = await temporaryDirectory();
  const path = join(home, 'audit.log');
  const audit = openAuditLog({ home, logger: silent, now });
  for (const action of ['one', 'two', 'three']) audit.record({ by: 'operator', action });
  const rows = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, `${rows[0]}\n`);
  audit.record({ by: 'operator', action: 'four' });
  expect(linesOf(home)).toMatchObject([
    { action: 'one' },
    { by: 'file', action: 'log-cut', count: 3, digest: (JSON.parse(rows[2]!) as { hash: string }).hash },
    { action: 'four' },
  ]);
});

test('a list of thousands is compared in pieces and is one line; a change meanwhile has its own line after it', async () => {
  const folder = await temporaryDirectory();
  const audit = openAuditLog({ home: folder, logger: silent, now });
  const path = join(folder, 'allowlist.yaml');
  const list = await openAllowlist({ path, watch: false });
  onTestFinished(() => list.close());
  let pauses = 0;
  const turns: (() => Promise<unknown>)[] = [];
  await followList(list, 'allowlist', audit, async () => {
    pauses += 1;
    await turns.shift()?.();
  });
  const entryOf = (index: number) => `- address: "0x${index.toString(16).padStart(40, '0')}"\n`;
  const many = Array.from({ length: 5_000 }, (_, index) => entryOf(index + 1)).join('');
  await writeFile(path, many, { mode: 0o600 });
  // While it is compared, another edit waits its turn, and the list is in force.
  let later: Promise<unknown> | undefined;
  turns.push(async () => {
    expect(list.status().count).toBe(5_000);
    later = audit.as('operator', () => list.add({ address: alice }));
  });
  await list.reload();
  await later;
  expect(pauses).toBeGreaterThan(10);
  expect(linesOf(folder).map(({ by, action, ...line }) => [by, action, line['count'] ?? line['address']])).toEqual([
    ['file', 'changed', 5_000],
    ['operator', 'added', alice],
  ]);
});
