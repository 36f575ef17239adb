import { expect, test } from 'vitest';
import { insertEntry, removeEntry, renameEntry } from './edit-text.ts';
import { parseList } from './parse-list.ts';

const a = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const b = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';
const c = '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB';

const add = async (text: string, name: string | null = null) =>
  (await insertEntry(await parseList(text), { id: c, name })).text;
const remove = async (text: string, address: string) => {
  const list = await parseList(text);
  return (await removeEntry(list, list.byId.get(address.toLowerCase())!)).text;
};

const commented = `# who may write to us

# the boss
- address: "${a}" # never remove
  name: 'alice.eth'   # odd   spacing

# everybody else
- "${b.toLowerCase()}"
# - "${c}"  not yet
`;

test('an added entry follows the last one and nothing else changes', async () => {
  expect(await add(commented, 'carol.eth')).toBe(
    commented.replace('# - ', `- address: "${c}"\n  name: "carol.eth"\n# - `),
  );
});

test('a removed entry takes its own lines along and nothing else', async () => {
  expect(await remove(commented, b)).toBe(commented.replace(`- "${b.toLowerCase()}"\n`, ''));
  expect(await remove(commented, a)).toBe(commented.replace(/- address.*\n.*\n/, ''));
});

test.each([
  ['an empty file', '', `- address: "${c}"\n`],
  ['comments only', '# nobody\n', `# nobody\n- address: "${c}"\n`],
  ['no line end, odd spacing', `- "${a}"   # boss`, `- "${a}"   # boss\n- address: "${c}"\n`],
  ['an indented list after a comment', `# c\n  -   "${a}"\n`, `# c\n  -   "${a}"\n  - address: "${c}"\n`],
  ['no line end', `- "${a}"`, `- "${a}"\n- address: "${c}"\n`],
  ['an indented list', `  - "${a}"\n`, `  - "${a}"\n  - address: "${c}"\n`],
  ['Windows line ends', `- "${a}"\r\n`, `- "${a}"\r\n- address: "${c}"\n`],
  ['a document end', `---\n- "${a}"\n...\n`, `---\n- "${a}"\n- address: "${c}"\n...\n`],
  ['an empty flow list', '# nobody\n[]\n', `# nobody\n- address: "${c}"\n`],
  ['a flow list', `["${a}"] # short\n`, `[ "${a}", { address: "${c}" } ] # short\n`],
  ['an empty document', '--- # none\n', `--- # none\n- address: "${c}"\n`],
  ['a null document', 'null # none\n', `# none\n\n- address: "${c}"\n`],
])('adding to %s', async (_what, before, after) => {
  expect(await add(before)).toBe(after);
});

test('adding a name to a flow list', async () => {
  expect(await add(`["${a}"]\n`, 'carol.eth')).toBe(`[ "${a}", { address: "${c}", name: "carol.eth" } ]\n`);
});

const rename = async (text: string, name: string | null) => {
  const list = await parseList(text);
  return (await renameEntry(list, list.byId.get(a.toLowerCase())!, name)).text;
};

test.each([
  ['in single quotes', `- address: "${a}"   # x\n  name: 'alice.eth'   # y\n# z\n`, `'alice.eth'`],
  ['in double quotes', `- name: "alice.eth"   # y\n  address: "${a}"   # x\n`, `"alice.eth"`],
  ['bare', `- name: alice.eth   # y\n  address: "${a}"   # x\n- "${b}"\n`, 'alice.eth'],
  ['empty', `- address: "${a}"   # x\n  name: ""   # y\n`, '""'],
])('a name that stands %s is replaced, and nothing else changes', async (_how, text, old) => {
  expect(await rename(text, 'new.eth')).toBe(text.replace(old, '"new.eth"'));
});

test.each([
  ['on a line of its own', `- address: "${a}"   # x\n`, `# z\n- "${b}"\n`, '  '],
  ['behind the last line', `# z\n  - address: "${a}"   # x`, '', '\n    '],
])('a name where none stood is put %s, and nothing else changes', async (_where, entry, rest, indent) => {
  expect(await rename(entry + rest, 'new.eth')).toBe(`${entry}${indent}name: "new.eth"\n${rest}`);
});

test.each([
  ['a plain string', `# of\n- "${a}" # x\n- "${b}"\n`, `# of\n- address: "${a}"\n  name: "new.eth"\n  # x\n- "${b}"\n`],
  ['a comment before it', `[\n  # x\n  "${a}"\n]`, `[\n  # x\n  { address: "${a}", name: "new.eth" }\n]\n`],
  ['a flow map', `[{address: "${a}", name: "x"}]`, `[ { address: "${a}", name: "new.eth" } ]\n`],
  ['several lines', `- address: "${a}"\n  name: |-\n    alice\n`, `- address: "${a}"\n  name: "new.eth"\n`],
  ['an escape', `- address: "${a}"\n  name: "a\\"b" # y\n`, `- address: "${a}"\n  name: "new.eth" # y\n`],
  ['nothing behind its key', `- address: "${a}"\n  name:\n`, `- address: "${a}"\n  name: "new.eth"\n`],
])('a new name for %s', async (_what, before, after) => {
  expect(await rename(before, 'new.eth')).toBe(after);
});

test('a name is taken away with its line, and the comments of others stay', async () => {
  const text = `- address: "${a}" # x\n  name: alice.eth # y\n- "${b}" # z\n`;
  expect(await rename(text, null)).toBe(`- address: "${a}" # x\n- "${b}" # z\n`);
});

test('an edit whose text does not read, or reads as something else, is none', async () => {
  await expect(insertEntry(await parseList(''), { id: '0x12', name: null })).rejects.toMatchObject({
    code: 'ALLOWLIST_WRITE_FAILED',
    cause: { code: 'INVALID_ADDRESS' },
  });
  await expect(add('', 'BOB.eth')).rejects.toMatchObject({ code: 'ALLOWLIST_WRITE_FAILED' });
});

test('what follows a removed item of a flow list takes over its comment, and no more', async () => {
  expect(await remove(`[\n  # boss\n  "${a}",\n  "${b}"\n]\n`, a)).toBe(`[\n  # boss\n  "${b}"\n]\n`);
  expect(await remove(`[\n  "${a}",\n  # friend\n  "${b}"\n]\n`, b)).toBe(`[ "${a}" ] # friend\n`);
});

test.each([a, b])('removing from a flow list keeps the comments', async (victim) => {
  const text = await remove(`[\n  # boss\n  "${a}",\n  # friend\n  "${b}"\n]\n`, victim);
  expect(text).toMatch(/# boss\n[^]*# friend\n/);
});

test('removing a block scalar, several lines long', async () => {
  expect(await remove(`- "${a}"\n- address: "${b}"\n  name: |-\n    bob.eth\n- "${c}"\n`, b)).toBe(
    `- "${a}"\n- "${c}"\n`,
  );
});

test('a name with quotes is written so that it reads back', async () => {
  const text = await add('', `Bob "the \\ builder" 'O`);
  expect((await parseList(text)).byId.get(c.toLowerCase())?.name).toBe(`Bob "the \\ builder" 'O`);
});
