import { expect, test } from 'vitest';
import { insertEntry, removeEntry } from './edit-text.ts';
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
