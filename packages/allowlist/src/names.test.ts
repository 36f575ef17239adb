import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openAllowlist } from './open-allowlist.ts';

const a = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const b = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';

async function open(content = '') {
  const path = join(await temporaryDirectory(), 'allowlist.yaml');
  await writeFile(path, content, { mode: 0o600 });
  const list = await openAllowlist({ path, watch: false });
  onTestFinished(() => list.close());
  return { list, text: () => readFile(path, 'utf8') };
}

const england = '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';

test.each([
  ['❤️.eth', '❤.eth', ['❤.eth', '❤️.eth', '❤️.ETH']],
  [`${england}.eth`, `${england}.eth`, [`${england}.ETH`]],
  ['ÑANDÚ.eth', 'ñandú.eth', ['n\u0303andu\u0301.eth', 'Ñandú.Eth', 'ñan\u00addú.eth']],
])('%s is kept as %s and found under each of its spellings', async (added, kept, spellings) => {
  for (const spelling of [added, kept, ...spellings]) {
    const { list } = await open();
    expect(await list.add({ address: a, name: added })).toEqual({ added: true, entry: { address: a, name: kept } });
    expect(list.find(spelling)).toEqual({ address: a, name: kept });
    await expect(list.add({ address: b, name: spelling })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(await list.remove(spelling)).toEqual({ address: a, name: kept });
    expect(list.has(a)).toBe(false);
  }
});

test('a hand-written name is found, shown and removed in its normal form; the file keeps its spelling', async () => {
  const { list, text } = await open(`- address: "${a}"\n  name: "❤️.ETH"\n- address: "${b}"\n  name: "x.eth"\n`);
  expect(list.find('❤.eth')).toEqual({ address: a, name: '❤.eth' });
  await list.rename(b, 'y.eth');
  expect(await text()).toContain('name: "❤️.ETH"');
  expect(await list.remove('❤.eth')).toEqual({ address: a, name: '❤.eth' });
});

test('two spellings of one name in a file are one name twice', async () => {
  const { list } = await open(`- address: "${a}"\n  name: "❤️.eth"\n- address: "${b}"\n  name: "❤.eth"\n`);
  expect(list.status()).toMatchObject({ state: 'unreadable', error: { code: 'DUPLICATE_NAME', line: 4 } });
});

test('a name is changed, given and taken in its place, comments kept', async () => {
  const { list, text } = await open(
    `# friends\n- address: "${a}" # since May\n- address: "${b}"\n  name: bob.eth # work\n`,
  );
  expect(await list.rename(a, 'Alice from work')).toEqual({ address: a, name: 'Alice from work' });
  expect(await list.rename('BOB.eth', 'bobby.eth')).toEqual({ address: b, name: 'bobby.eth' });
  expect(await text()).toBe(
    `# friends\n- address: "${a}" # since May\n  name: "Alice from work"\n- address: "${b}"\n  name: "bobby.eth" # work\n`,
  );
  expect([list.find('alice FROM work')?.address, list.find('bob.eth')]).toEqual([a, null]);
  await expect(list.rename(a, 'BOBBY.eth')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  await expect(list.rename(a, 'al\u200dice.eth')).rejects.toMatchObject({ code: 'INVALID_NAME' });
  expect(await list.rename(a, null)).toEqual({ address: a, name: null });
  expect(list.entries().map(({ name }) => name)).toEqual([null, 'bobby.eth']);
  expect(await list.rename('nobody.eth', 'x')).toBeNull();
});

test.each([
  ['UTF-16', Buffer.from(`\ufeff- "${a}"\n`, 'utf16le'), /is UTF-16; save it as UTF-8/],
  ['NUL', Buffer.from(`# long enough \0\n- "${a}"\n`), /holds NUL bytes/],
  ['Latin-1', Buffer.from(`- "${a}" # Jürgen\n`, 'latin1'), /is not UTF-8/],
  ['tabs', Buffer.from(`- address: "${a}"\n\tname: "x"\n`), /Line 2, column 1: This line is indented with a tab/],
  ['escapes', Buffer.from(`- !<\u001b[31mtag> "${a}"\n`), /^[\x20-\x7e]+$/],
])('a file with %s says so', async (_what, bytes, said) => {
  const path = join(await temporaryDirectory(), 'allowlist.yaml');
  await writeFile(path, bytes, { mode: 0o600 });
  const list = await openAllowlist({ path, watch: false });
  onTestFinished(() => list.close());
  expect(list.status().error?.message).toMatch(said);
});
