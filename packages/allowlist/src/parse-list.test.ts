import { expect, test } from 'vitest';
import { AllowlistError } from './errors.ts';
import { listKinds } from './list-kinds.ts';
import { entryOf, parseList } from './parse-list.ts';
import { pieceRows } from './rows.ts';

const a = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const b = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';

const entries = async (text: string) => {
  const list = await parseList(text);
  return Array.from(list.byId.values(), (listed) => {
    const { id, name } = entryOf(list, listed);
    return { address: id, name };
  });
};

test('the format of the specification', async () => {
  const text = `- address: "${a}"\n  name: "alice.agent-23.xid.eth"\n- address: "${b}"\n  name: "bob.myteam.xid.eth"\n`;
  expect(await entries(text)).toEqual([
    { address: a, name: 'alice.agent-23.xid.eth' },
    { address: b, name: 'bob.myteam.xid.eth' },
  ]);
});

test.each([
  ['plain strings', `- "${a}"\n- '${b}'\n`],
  ['a flow list', `[{address: "${a}"}, "${b}"]`],
  ['a document start and end', `---\n- "${a}"\n- "${b}"\n...\n`],
  ['an indented list', `  - address: "${a}"\n  - address: "${b}"`],
  ['comments everywhere', `# who\n- "${a}" # boss\n\n# more\n-\n  address: "${b}"\n`],
  ['Windows line ends', `- "${a}"\r\n- "${b}"\r\n`],
  ['lower and upper case', `- "${a.toLowerCase()}"\n- "0x${b.slice(2).toUpperCase()}"\n`],
  ['empty names', `- address: "${a}"\n  name: ""\n- address: "${b}"\n  name: ''\n`],
  ['empty and absent names', `- address: "${a}"\n  name: ""\n- address: "${b}"\n  name:\n`],
])('reads %s', async (_what, text) => {
  expect(await entries(text)).toEqual([
    { address: a, name: null },
    { address: b, name: null },
  ]);
});

test.each(['', '\n', '# nobody yet\n', '[]', '---\n', 'null'])('%j is an empty list', async (text) => {
  expect(await entries(text)).toEqual([]);
});

async function refusal(text: string): Promise<string> {
  try {
    await parseList(text);
  } catch (error) {
    if (error instanceof AllowlistError) return `${error.code}: ${error.shortMessage}`;
    throw error;
  }
  return 'accepted';
}

test('each fault is one readable error with its place', async () => {
  const faults = {
    'broken YAML': `- address: "${a}\n`,
    'not a list': `address: "${a}"\n`,
    'a number': '- 17\n',
    'an address without quotes': `- address: ${a}\n`,
    'a nested list': `- - "${a}"\n`,
    'a number instead of a list': '17\n',
    'a key without a value': '- ? address\n',
    'no address': '- name: "bob.eth"\n',
    'no value': `- name: "x"\n  address:\n`,
    'unknown key': `- address: "${a}"\n  nmae: "bob.eth"\n`,
    'merge key': `- <<: {address: "${a}"}\n`,
    'key twice': `- address: "${a}"\n  address: "${b}"\n`,
    'key twice, once empty': `- address: "${a}"\n  name: ""\n  name: "bob.eth"\n`,
    'name of another type': `- address: "${a}"\n  name: true\n`,
    'abbreviated address': '- address: "0x1234...abcd"\n',
    'bad checksum': `- address: "${a.replace('aA', 'Aa')}"\n`,
    'zero address': `- "0x${'0'.repeat(40)}"\n`,
    'address twice': `- "${a}"\n- "${b}"\n- "${a.toLowerCase()}"\n`,
    'name twice': `- address: "${a}"\n  name: "bob.eth"\n- address: "${b}"\n  name: "Bob.eth"\n`,
    'invisible name': `- address: "${a}"\n  name: "bob\\u202Eeth"\n`,
    'multi-line address': `- address: "${a.slice(0, 20)}\n    ${a.slice(20)}"\n`,
    anchor: `- &me "${a}"\n`,
    alias: `- &me "${a}"\n- *me\n`,
    'anchored key': `- &k address: "${a}"\n`,
    'anchored map': `- &me\n  address: "${a}"\n`,
    'anchored value': `- address: &me "${a}"\n`,
    'anchored empty name': `- address: "${a}"\n  name: &me ""\n`,
    'tagged map': `- !!map {address: "${a}"}\n`,
    'anchored list': `&all\n- "${a}"\n`,
    tag: `- !!str "${a}"\n`,
    'custom tag': `- !js/function "${a}"\n`,
    'two documents': `- "${a}"\n---\n- "${b}"\n`,
    'YAML 1.1': `%YAML 1.1\n---\n- "${a}"\n`,
  };
  const refusals: Record<string, string> = {};
  for (const [what, text] of Object.entries(faults)) refusals[what] = await refusal(text);
  expect(refusals).toMatchInlineSnapshot(`
    {
      "YAML 1.1": "ALLOWLIST_INVALID: Line 1, column 1: Only YAML 1.2 is read; remove the %YAML line.",
      "a key without a value": "ALLOWLIST_INVALID: Line 1, column 5: The key "address" has no value.",
      "a nested list": "ALLOWLIST_INVALID: Line 1, column 3: The address is not text.",
      "a number": "ALLOWLIST_INVALID: Line 1, column 3: The address is not text. Put it in quotes: without them YAML reads something else.",
      "a number instead of a list": "ALLOWLIST_INVALID: Line 1, column 1: The file must hold a YAML list; each entry is an address in quotes, or a map with "address" and "name".",
      "abbreviated address": "INVALID_ADDRESS: Line 1, column 12: "0x1234...abcd" is not an Ethereum address: 0x and 40 hexadecimal digits.",
      "address twice": "DUPLICATE_ADDRESS: Line 3, column 3: 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed is already on line 1.",
      "alias": "ALLOWLIST_INVALID: Line 1, column 7: Anchors and aliases are not allowed.",
      "an address without quotes": "ALLOWLIST_INVALID: Line 1, column 12: The address is not text. Put it in quotes: without them YAML reads something else.",
      "anchor": "ALLOWLIST_INVALID: Line 1, column 7: Anchors and aliases are not allowed.",
      "anchored empty name": "ALLOWLIST_INVALID: Line 2, column 13: Anchors and aliases are not allowed.",
      "anchored key": "ALLOWLIST_INVALID: Line 1, column 6: Anchors and aliases are not allowed.",
      "anchored list": "ALLOWLIST_INVALID: Line 2, column 1: Anchors and aliases are not allowed.",
      "anchored map": "ALLOWLIST_INVALID: Line 2, column 3: Anchors and aliases are not allowed.",
      "anchored value": "ALLOWLIST_INVALID: Line 1, column 16: Anchors and aliases are not allowed.",
      "bad checksum": "BAD_CHECKSUM: Line 1, column 12: 0x5Aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed fails its EIP-55 checksum: a digit is probably wrong. Copy it again from its source.",
      "broken YAML": "ALLOWLIST_INVALID: Line 2, column 1: This is not valid YAML: Missing closing "quote.",
      "custom tag": "ALLOWLIST_INVALID: Line 1, column 3: This is not valid YAML: Unresolved tag: !js/function.",
      "invisible name": "INVALID_NAME: Line 2, column 9: The name "bob\\u{202e}eth" has characters that cannot be seen.",
      "key twice": "ALLOWLIST_INVALID: Line 2, column 3: The key "address" stands twice.",
      "key twice, once empty": "ALLOWLIST_INVALID: Line 3, column 3: The key "name" stands twice.",
      "merge key": "ALLOWLIST_INVALID: Line 1, column 3: Unknown key "<<"; the keys are "address" and "name".",
      "multi-line address": "INVALID_ADDRESS: Line 1, column 12: "0x5aAeb6053F3E94C9b9 A09f33669435E7Ef1BeAed" is not an Ethereum address: 0x and 40 hexadecimal digits.",
      "name of another type": "ALLOWLIST_INVALID: Line 2, column 9: The name is not text. Put it in quotes: without them YAML reads something else.",
      "name twice": "DUPLICATE_NAME: Line 4, column 9: The name "Bob.eth" already belongs to the entry on line 1.",
      "no address": "ALLOWLIST_INVALID: Line 1, column 3: This entry has no "address".",
      "no value": "ALLOWLIST_INVALID: Line 2, column 11: The address is not text. Put it in quotes: without them YAML reads something else.",
      "not a list": "ALLOWLIST_INVALID: Line 1, column 1: The file must hold a YAML list; each entry is an address in quotes, or a map with "address" and "name".",
      "tag": "ALLOWLIST_INVALID: Line 1, column 9: The tag "tag:yaml.org,2002:str" is not allowed.",
      "tagged map": "ALLOWLIST_INVALID: Line 1, column 9: The tag "tag:yaml.org,2002:map" is not allowed.",
      "two documents": "ALLOWLIST_INVALID: Line 2, column 1: A second YAML document begins here; keep one.",
      "unknown key": "ALLOWLIST_INVALID: Line 2, column 3: Unknown key "nmae"; the keys are "address" and "name".",
      "zero address": "ZERO_ADDRESS: Line 1, column 3: The zero address belongs to nobody and cannot be listed.",
    }
  `);
});

test('nesting that would exhaust the stack is a fault like others', async () => {
  expect(await refusal('['.repeat(20_000))).toMatch(
    /^ALLOWLIST_INVALID: Line 1, column \d+: This is not valid YAML: Maximum call stack/,
  );
});

test('an alias bomb is refused before it is expanded', async () => {
  const layers = Array.from({ length: 30 }, (_, i) => `- &l${i + 1} [${`*l${i}, `.repeat(10)}]`);
  expect(await refusal(['- &l0 ["x"]', ...layers].join('\n'))).toContain('ALLOWLIST_INVALID');
});

const many = Array.from({ length: 20_000 }, (_, i) => `0x${(i + 1).toString(16).padStart(40, '0')}`);

test('a long list in the plain form is read; one odd line in it is named, not parsed at any cost', async () => {
  const text = many.map((address) => `- address: "${address}"\n`).join('');
  expect((await parseList(text)).byId.size).toBe(many.length);
  expect(await refusal(`${text}-   odd\n${text}`)).toMatch(/^ALLOWLIST_TOO_LARGE: Line 20001, column 1: .*plain form/);
});

test('a text in another form is read up to its limit', async () => {
  const flow = `["${a}"] #`;
  const text = flow.padEnd(2 ** 20, 'x');
  expect((await parseList(text)).byId.size).toBe(1);
  expect(await refusal(`${text}x`)).toMatch(/^ALLOWLIST_TOO_LARGE: Line 1, column 1: /);
});

// Looking for line ends from each entry would take the square of the length: half a minute.
test('a long list on one line is read', async () => {
  const flow = JSON.stringify(many.slice(0, 16_000));
  expect((await parseList(flow)).byId.size).toBe(16_000);
});

test('others have their turn while a long list is read, and what stood in it before is not checked again', async () => {
  let [checks, pieces] = [0, [0]];
  const kind = {
    ...listKinds.address,
    check: (text: string) => {
      checks += 1;
      pieces[0]! += 1;
      return listKinds.address.check(text);
    },
  };
  const pause = async () => void pieces.unshift(0);
  const some = many.slice(0, 1_500);
  const text = some.map((address) => `- address: "${address}"\n  name: "n${address.slice(-5)}.eth"\n`).join('');
  const known = await parseList(text, { kind, pause });
  expect(checks).toBe(some.length);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(pieceRows);
  // Two lines and one entry for each, and no turn more than they need.
  expect(pieces.length - 1).toBe((3 * some.length) / pieceRows);
  [checks, pieces] = [0, [0]];
  // One more, one with another spelling of its address, one with another name.
  const [other, renamed] = [a, 'x.eth'];
  const edited = `- address: "${other}"\n${text.replace(some[999]!, some[999]!.toUpperCase().replace('X', 'x')).replace('n00001.eth', renamed)}`;
  const list = await parseList(edited, { kind, known, pause });
  expect(checks).toBe(2);
  expect(pieces.length).toBeGreaterThan(some.length / pieceRows);
  expect(list.byId.get(some[0]!)).toMatchObject({
    name: renamed,
    namedAs: renamed,
    row: { start: expect.any(Number) },
  });
  const whole = await parseList(edited);
  expect([...list.byId].map(([id, listed]) => [id, entryOf(list, listed), listed.row])).toEqual(
    [...whole.byId].map(([id, listed]) => [id, entryOf(whole, listed), listed.row]),
  );
  // A fault is one whatever stood there before.
  await expect(parseList(`${edited}- "${some[5]!}"\n`, { known: list })).rejects.toMatchObject({
    code: 'DUPLICATE_ADDRESS',
  });
});
