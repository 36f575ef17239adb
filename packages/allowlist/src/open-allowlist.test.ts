import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createManualClock, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openAllowlist } from './open-allowlist.ts';
import type { AllowlistEvent, AllowlistOptions } from './types.ts';

const a = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const b = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';
const c = '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB';

async function open(content: string | Buffer | null, options: Partial<AllowlistOptions> = {}) {
  const path = options.path ?? join(await temporaryDirectory(), 'allowlist.yaml');
  if (content !== null) await writeFile(path, content, { mode: 0o600 });
  const events: AllowlistEvent[] = [];
  const list = await openAllowlist({
    path,
    watch: false,
    settleMs: 10,
    onEvent: (event) => events.push(event),
    ...options,
  });
  onTestFinished(() => list.close());
  return { path, list, events, text: () => readFile(path, 'utf8') };
}

test.each([
  ['no file', null],
  ['an empty file', ''],
  ['an empty list', '[]\n'],
  ['comments only', '# nobody\n'],
])('H3: %s hears nobody', async (_what, content) => {
  const { list } = await open(content);
  expect(list.status()).toMatchObject({ state: 'ready', count: 0, error: null });
  expect([list.has(a), list.has(''), list.find(a)]).toEqual([false, false, null]);
});

test('listed addresses are heard in any letter case, nobody else is', async () => {
  const clock = createManualClock();
  const { list } = await open(`- address: "${a}"\n  name: "alice.eth"\n- "${b.toLowerCase()}"\n`, {
    now: () => clock.now(),
  });
  for (const form of [a, a.toLowerCase(), a.toUpperCase(), b]) expect(list.has(form)).toBe(true);
  for (const form of [c, '', 'alice.eth', '__proto__', 'constructor']) expect(list.has(form)).toBe(false);
  expect(list.find('ALICE.eth')).toEqual({ address: a, name: 'alice.eth' });
  expect(list.find(b)).toEqual({ address: b, name: null });
  expect(list.find(c)).toBeNull();
  expect(list.entries()).toHaveLength(2);
  expect(list.status()).toEqual({ state: 'ready', count: 2, loadedAt: clock.now(), error: null });
});

test('a byte order mark does no harm', async () => {
  const { list } = await open(`\ufeff- "${a}"\n`);
  expect(list.has(a)).toBe(true);
});

test('H3: an unreadable list is closed for everybody, says why, and is never overwritten', async () => {
  const broken = `- address: "${a}"\n- address: "${b}"\n  nmae: "typo"\n`;
  const { list, text } = await open(broken);
  expect([list.has(a), list.has(b)]).toEqual([false, false]);
  expect([list.find(a), list.entries()]).toEqual([null, []]);
  expect(list.status()).toMatchObject({
    state: 'unreadable',
    count: 0,
    loadedAt: null,
    error: { code: 'ALLOWLIST_INVALID', line: 3, column: 3 },
  });
  await expect(list.add({ address: c })).rejects.toMatchObject({ code: 'ALLOWLIST_UNREADABLE', position: { line: 3 } });
  await expect(list.remove(a)).rejects.toMatchObject({ code: 'ALLOWLIST_UNREADABLE' });
  expect(await text()).toBe(broken);
});

test('a list that becomes unreadable closes, and opens again when mended', async () => {
  const { list, path, events } = await open(`- "${a}"\n`);
  await writeFile(path, `- "${a}\n`);
  await list.reload();
  expect(list.has(a)).toBe(false);
  await list.reload();
  await writeFile(path, `- "${a}"\n`);
  await list.reload();
  expect(list.has(a)).toBe(true);
  expect(events.map(({ type }) => type)).toEqual(['list-loaded', 'list-unreadable', 'list-loaded']);
});

test('text that is not UTF-8 is unreadable', async () => {
  const { list } = await open(Buffer.from([0x23, 0xff, 0x0a]));
  expect(list.status().error).toMatchObject({ code: 'ALLOWLIST_INVALID' });
});

test('a file above the cap is unreadable, and an edit never makes one', async () => {
  const { list } = await open(`- "${a}"\n- "${b}"\n`, { maxBytes: 60 });
  expect(list.status().error).toMatchObject({ code: 'ALLOWLIST_TOO_LARGE' });
  const other = await open(`- "${a}"\n`, { maxBytes: 60 });
  await expect(other.list.add({ address: b })).rejects.toMatchObject({ code: 'ALLOWLIST_TOO_LARGE' });
  expect(await other.text()).toBe(`- "${a}"\n`);
  expect(other.list.has(a)).toBe(true);
});

test('a huge file is refused without being read', async () => {
  const path = join(await temporaryDirectory(), 'allowlist.yaml');
  await writeFile(path, '', { mode: 0o600 });
  await truncate(path, 8 * 2 ** 30);
  const { list } = await open(null, { path });
  expect(list.status().error).toMatchObject({ code: 'ALLOWLIST_TOO_LARGE' });
});

test('M4: a file that others can read becomes private', async () => {
  const path = join(await temporaryDirectory(), 'allowlist.yaml');
  await writeFile(path, `- "${a}"\n`);
  await chmod(path, 0o644);
  const { list, events } = await open(null, { path });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(list.has(a)).toBe(true);
  expect(events).toContainEqual({ type: 'mode-tightened', from: 0o644 });
});

test.each([0o620, 0o602, 0o666])('M4: a file that others can write (mode %o) is in doubt', async (mode) => {
  const path = join(await temporaryDirectory(), 'allowlist.yaml');
  await writeFile(path, `- "${a}"\n`);
  await chmod(path, mode);
  const { list } = await open(null, { path });
  expect(list.has(a)).toBe(false);
  expect(list.status().error).toMatchObject({ code: 'ALLOWLIST_UNSAFE' });
  expect((await stat(path)).mode & 0o777).toBe(mode);
});

test('a symbolic link, a folder and a pipe are in doubt', async () => {
  const folder = await temporaryDirectory();
  const target = join(folder, 'target.yaml');
  await writeFile(target, `- "${a}"\n`, { mode: 0o600 });
  await symlink(target, join(folder, 'link.yaml'));
  await mkdir(join(folder, 'folder.yaml'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe.yaml')]);
  for (const name of ['link.yaml', 'folder.yaml', 'pipe.yaml']) {
    const { list } = await open(null, { path: join(folder, name) });
    expect(list.status()).toMatchObject({ state: 'unreadable', error: { code: 'ALLOWLIST_UNSAFE' } });
    await expect(list.add({ address: b })).rejects.toMatchObject({ code: 'ALLOWLIST_UNREADABLE' });
  }
  expect(await readFile(target, 'utf8')).toBe(`- "${a}"\n`);
});

test('add writes the format of the specification, private, and is idempotent', async () => {
  const { list, path, text } = await open(null, { path: join(await temporaryDirectory(), 'new', 'allowlist.yaml') });
  expect(await list.add({ address: a.toLowerCase(), name: 'alice.agent-23.xid.eth' })).toEqual({
    added: true,
    entry: { address: a, name: 'alice.agent-23.xid.eth' },
  });
  expect((await list.add({ address: a })).added).toBe(false);
  await list.add({ address: b });
  expect(await text()).toBe(`- address: "${a}"\n  name: "alice.agent-23.xid.eth"\n- address: "${b}"\n`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
  expect((await readdir(join(path, '..'))).toSorted()).toEqual(['allowlist.yaml', 'allowlist.yaml.lock']);
  expect((await stat(`${path}.lock`)).mode & 0o777).toBe(0o600);
});

test('M8: a name stays pinned to its address', async () => {
  const { list, text } = await open(`- address: "${a}"\n  name: "alice.eth"\n`);
  const before = await text();
  await expect(list.add({ address: b, name: 'Alice.eth' })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  expect(await text()).toBe(before);
});

test('remove takes an address or a name, and answers null for a stranger', async () => {
  const { list } = await open(`- address: "${a}"\n  name: "alice.eth"\n- "${b}"\n`);
  expect(await list.remove('alice.eth')).toEqual({ address: a, name: 'alice.eth' });
  expect(list.has(a)).toBe(false);
  expect(await list.remove(b.toLowerCase())).toEqual({ address: b, name: null });
  expect(await list.remove(c)).toBeNull();
  expect(list.status().count).toBe(0);
});

test.each([
  [{ address: '0x1234...abcd' }, 'INVALID_ADDRESS'],
  [{ address: a.replace('aA', 'Aa') }, 'BAD_CHECKSUM'],
  [{ address: `0x${'0'.repeat(40)}` }, 'ZERO_ADDRESS'],
  [{ address: b, name: 'a\nb' }, 'INVALID_NAME'],
  [{ address: b, name: c }, 'INVALID_NAME'],
])('add refuses %j', async (entry, code) => {
  const { list, text } = await open(`- "${a}"\n`);
  await expect(list.add(entry)).rejects.toMatchObject({ code });
  expect(await text()).toBe(`- "${a}"\n`);
});

test('L4: an edit that fails half-way leaves the list as it was', async () => {
  const { list, path, text } = await open(`- "${a}"\n`);
  await mkdir(join(path, '..', '.allowlist.yaml.tmp'));
  await expect(list.add({ address: b })).rejects.toMatchObject({ code: 'ALLOWLIST_WRITE_FAILED' });
  expect(await text()).toBe(`- "${a}"\n`);
  expect([list.has(a), list.has(b)]).toEqual([true, false]);
});

test("L4: a crash's temporary file is neither read nor kept", async () => {
  const { list, path } = await open(`- "${a}"\n`);
  const leftover = join(path, '..', '.allowlist.yaml.tmp');
  await writeFile(leftover, `- "${c}"\n`);
  await list.add({ address: b });
  expect([list.has(a), list.has(b), list.has(c)]).toEqual([true, true, false]);
  expect(await readdir(join(path, '..'))).not.toContain('.allowlist.yaml.tmp');
});

test('edits of two owners of one file are merged, not lost', async () => {
  const one = await open('# shared\n');
  const two = await open(null, { path: one.path });
  await Promise.all([one.list.add({ address: a }), two.list.add({ address: b }), one.list.add({ address: c })]);
  await one.list.reload();
  expect([a, b, c].map((each) => one.list.has(each))).toEqual([true, true, true]);
  expect(await one.text()).toMatch(/^# shared\n/);
});

test('subscribers hear each change until they leave', async () => {
  const { list } = await open(null);
  const heard: number[] = [];
  const leave = list.subscribe(({ count }) => heard.push(count));
  await list.add({ address: a });
  await list.reload();
  leave();
  await list.add({ address: b });
  expect(heard).toEqual([1]);
});

test('after close nobody is on the list and no edit is taken', async () => {
  const { list } = await open(`- "${a}"\n`);
  await list.close();
  expect(list.has(a)).toBe(false);
  expect(list.status().error).toMatchObject({ code: 'ALLOWLIST_CLOSED' });
  await expect(list.add({ address: b })).rejects.toMatchObject({ code: 'ALLOWLIST_CLOSED' });
  await list.reload();
  expect(list.has(a)).toBe(false);
});

test('an edit whose signal has ended is not made', async () => {
  const { list, text } = await open('');
  const reason = new Error('the caller left');
  await expect(list.add({ address: a }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(await text()).toBe('');
});

test.each<[string, (path: string, text: string) => Promise<void>]>([
  ['in place', (path, text) => writeFile(path, text)],
  [
    'by rename',
    async (path, text) => {
      await writeFile(`${path}~`, text, { mode: 0o600 });
      await rename(`${path}~`, path);
    },
  ],
  [
    'by backup and new file',
    async (path, text) => {
      await rename(path, `${path}.bak`);
      await writeFile(path, text, { mode: 0o600 });
    },
  ],
])('a change that an editor makes %s is followed, again and again', async (_how, save) => {
  const { list, path, events } = await open(`- "${a}"\n`, { watch: true, pollMs: 60_000 });
  for (const [text, one, two] of [
    [`- "${b}"\n`, false, true],
    [`- "${a}"\n- "${b}"\n`, true, true],
    ['', false, false],
  ] as const) {
    await save(path, text);
    await waitFor(() => list.has(a) === one && list.has(b) === two, { what: 'the change' });
  }
  expect(events.filter(({ type }) => type === 'list-unreadable')).toEqual([]);
});

test('a half-written file is not believed while it is being written', async () => {
  const { list, path, events } = await open(`- "${a}"\n`, { watch: true, settleMs: 150, pollMs: 60_000 });
  const text = `- "${a}"\n- address: "${b}"\n  name: "bob.eth"\n`;
  await writeFile(path, '');
  for (let end = 1; end <= text.length; end += 20) await writeFile(path, text.slice(0, end));
  await writeFile(path, text);
  await waitFor(() => list.has(b), { what: 'the whole file' });
  expect(events.map(({ type }) => type)).toEqual(['list-loaded', 'list-loaded']);
});

test('removing the folder leaves a list in doubt, which no edit begins anew; bringing it back fills it', async () => {
  const { list, path } = await open(`- "${a}"\n`, { watch: true, pollMs: 20 });
  await rm(join(path, '..'), { recursive: true });
  await waitFor(() => !list.has(a), { what: 'the removal' });
  expect(list.status()).toMatchObject({ state: 'unreadable', error: { code: 'ALLOWLIST_UNREADABLE' } });
  await expect(list.add({ address: b })).rejects.toMatchObject({ code: 'ALLOWLIST_WRITE_FAILED' });
  await expect(stat(join(path, '..'))).rejects.toThrow('ENOENT');
  await mkdir(join(path, '..'));
  await writeFile(path, `- "${b}"\n`, { mode: 0o600 });
  await waitFor(() => list.has(b), { what: 'the return' });
  expect(list.status()).toMatchObject({ state: 'ready', count: 1 });
});
