import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openGroupList } from './index.ts';

const [one, two] = ['a1', 'b2'].map((pair) => pair.repeat(16)) as [string, string];

async function openIn(text?: string) {
  const path = join(await temporaryDirectory(), 'grouplist.yaml');
  if (text !== undefined) await writeFile(path, text, { mode: 0o600 });
  const list = await openGroupList({ path, settleMs: 5, pollMs: 20 });
  onTestFinished(() => list.close());
  return { list, path };
}

test('groups are added, named, found and removed, and the rest of the file stays', async () => {
  const { list, path } = await openIn(`# of the team\n- group: "${one}" # daily\n`);
  expect(list.entries()).toEqual([{ conversationId: one, name: null }]);
  expect(await list.add({ conversationId: two.toUpperCase(), name: 'ops' })).toEqual({
    added: true,
    entry: { conversationId: two, name: 'ops' },
  });
  expect(await list.add({ conversationId: two })).toMatchObject({ added: false });
  expect([list.has(two), list.has(two.toUpperCase()), list.find('ops')?.conversationId]).toEqual([true, true, two]);
  await list.rename(one, 'daily');
  const text = `# of the team\n- group: "${one}" # daily\n  name: "daily"\n- group: "${two}"\n  name: "ops"\n`;
  expect(await readFile(path, 'utf8')).toBe(text);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await list.remove('daily')).toEqual({ conversationId: one, name: 'daily' });
  expect([list.has(one), await list.remove(one)]).toEqual([false, null]);
});

test('an id in capitals is shown, and found, in small letters', async () => {
  const { list } = await openIn(`- group: "${one.toUpperCase()}"\n`);
  expect(list.entries()).toEqual([{ conversationId: one, name: null }]);
});

test('a change by hand is followed; in doubt no group is listed, and nothing is overwritten', async () => {
  const { list, path } = await openIn();
  await writeFile(path, `- "${one}"\n`, { mode: 0o600 });
  await waitFor(() => list.has(one));
  await writeFile(path, `- group: "${one}"\n- group: "${one.toUpperCase()}"\n`);
  await waitFor(() => list.status().state === 'unreadable');
  expect(list.status().error).toMatchObject({ code: 'DUPLICATE_GROUP', line: 2 });
  expect(list.has(one)).toBe(false);
  await expect(list.add({ conversationId: two })).rejects.toMatchObject({ code: 'ALLOWLIST_UNREADABLE' });
});

test.each([
  ['an address', `- group: "0x${'1'.repeat(40)}"\n`, 'INVALID_GROUP'],
  ['a number', `- group: ${'1'.repeat(32)}\n`, 'ALLOWLIST_INVALID'],
  ['half a byte', `- group: "${'a'.repeat(33)}"\n`, 'INVALID_GROUP'],
  ['the key of another list', `- address: "${one}"\n`, 'ALLOWLIST_INVALID'],
  ['a word', '- group: "*"\n', 'INVALID_GROUP'],
])('%s is no group', async (_what, text, code) => {
  expect((await openIn(text)).list.status()).toMatchObject({ state: 'unreadable', count: 0, error: { code } });
});
