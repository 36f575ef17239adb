// The law: whoever shows a command or a program says whether it is run here, and why it is not. `npm run shown` runs them.
import { describe, expect, test } from 'vitest';
import { matchShape } from './match-shape.mjs';
import { matchValue } from './match-value.mjs';
import { isProgram, isRunnable, readBlocks } from './read-blocks.mjs';
import { tell } from './run-program.mjs';
import { shownIn } from './shown-in.mjs';
import { splitCommands } from './split-commands.mjs';

test('each command and each program of a document is run, or says why it is not', async () => {
  const documents = await shownIn();
  const blocks = documents.flatMap(({ path, blocks: all }) =>
    all.filter(isRunnable).map((block) => ({ at: `${path}:${block.line}`, ...block })),
  );
  const runs = blocks.filter(({ run }) => run);
  expect(runs.length).toBeGreaterThan(40);
  expect(runs.filter(isProgram).length).toBeGreaterThan(20);
  expect(blocks.filter(({ run, reason }) => run === (reason !== null)).map(({ at }) => at)).toEqual([]);
});

test('a block without a language hides no command', async () => {
  const documents = await shownIn();
  const hidden = documents.flatMap(({ path, blocks }) =>
    blocks
      .filter(
        ({ lang, code }) =>
          ['', 'text'].includes(lang) && /^(?:\$ )?(?:npx|npm|curl|docker|kubectl|helm) /mu.test(code),
      )
      .map(({ line }) => `${path}:${line}`),
  );
  expect(hidden).toEqual([]);
});

test('blocks are read with their marks and what is shown behind them', () => {
  const text =
    'a\n```sh run\nls\n```\n\n```json\n{}\n```\n```sh not-run="needs the internet"\nping\n```\n```sh\nx\n```\n';
  expect(readBlocks(text)).toEqual([
    { lang: 'sh', line: 2, code: 'ls\n', run: true, reason: null, answer: '{}\n' },
    { lang: 'json', line: 6, code: '{}\n', run: false, reason: null, answer: null },
    { lang: 'sh', line: 9, code: 'ping\n', run: false, reason: 'needs the internet', answer: null },
    { lang: 'sh', line: 12, code: 'x\n', run: false, reason: null, answer: null },
  ]);
  expect(readBlocks('```sh not-run=""\nx\n```\n')[0]).toMatchObject({ run: false, reason: null });
});

describe('commands', () => {
  const commandsOf = (code, lang = 'sh') => splitCommands({ lang, code });

  test('go on behind a backslash and in a here-document', () => {
    expect(commandsOf("curl x \\\n  -d @- <<'BODY'\n{\n}\nBODY\nls\n")).toEqual([
      { command: "curl x \\\n  -d @- <<'BODY'\n{\n}\nBODY", shown: null },
      { command: 'ls', shown: null },
    ]);
  });

  test('are followed by what they print, and not by what explains them', () => {
    const code = 'a # {"id":"1"}\n# in another terminal\nb # why\n# <block>\n# body\n';
    expect(commandsOf(code)).toEqual([
      { command: 'a # {"id":"1"}', shown: '{"id":"1"}' },
      { command: 'b # why', shown: '<block>\nbody' },
    ]);
    expect(commandsOf('$ a b\none\n\ntwo\n$ c\n', 'console')).toEqual([
      { command: 'a b', shown: 'one\n\ntwo' },
      { command: 'c', shown: null },
    ]);
  });
});

describe('shapes', () => {
  test.each([
    ['{"ok":true,"to":{"name":"a",…}}', '{"ok":false,"to":{"name":"b","x":1},"more":1}'],
    ['{"id":"3f1c…","list":[{"a":1}],"any":…}', 'a line before\n{"id":"77","list":[{"a":2},{}],"any":[]}'],
    ['ana  0x3E16  4101  closed\n…', 'AGENT\nana    0xFf00     20101  closed\nben'],
    ['k3v9| how are you?', '<x>\nq7q7q| fine'],
  ])('%s is %s', (shown, printed) => {
    expect(matchShape(shown, printed)).toEqual([]);
  });

  test.each([
    ['{"ok":true}', '{"done":true}', '.ok is shown, and is not there'],
    ['{"to":{"port":1}}', '{"to":{"port":"1"}}', '.to.port is shown as number, and is string'],
    ['{"list":[1]}', '{"list":[]}', '.list is shown with something in it, and is empty'],
    ['{"ok":true}', 'Error: no', 'JSON is shown, and this is printed: Error: no'],
    ['one\ntwo', 'two\none', 'this line is shown, and is not printed: two'],
    ['closed mode', 'open mode', 'this line is shown, and is not printed: closed mode'],
  ])('%s is not %s', (shown, printed, why) => {
    expect(matchShape(shown, printed)).toContain(why);
  });

  test('a word with an ellipsis means the same from then on', () => {
    const words = new Map();
    matchShape('{"id":"3f1c…","note":"…"}', '{"id":"abc","note":"x"}', words);
    expect([...words]).toEqual([['3f1c…', 'abc']]);
  });
});

describe('values of a program', () => {
  test('are told with the line that shows them', () => {
    const code = 'const a = 1;\na; // 1, as given\nawait b(); // true\na.b({ c: 1 }) === 2; // false\n';
    const { code: told, values } = tell(code);
    expect(values).toEqual([
      [1, '1, as given'],
      [3, 'false'],
    ]);
    expect(told).toContain("console.log('value 1 ' + JSON.stringify(a));");
    expect(told).toContain('await b(); // true');
  });

  const address = `0x${'a'.repeat(40)}`;
  test.each([
    ['true, always', true],
    [
      "{ state: 'ready', loadedAt: 1767225600000, error: null }",
      { state: 'ready', loadedAt: 1_800_000_000_000, error: null },
    ],
    ['{ inboxes: 2, … }', { inboxes: 2, more: 1 }],
    [`'${address}'`, `0x${'B'.repeat(40)}`],
    ["'/…/ca.pem'", '/tmp/x/ca.pem'],
    ["[ 'a', 'b' ]", ['a', 'b']],
    ['0700, ours', 'whatever'],
    ['words', undefined],
  ])('%s is %s', (shown, value) => {
    expect(matchValue(shown, value)).toEqual([]);
  });

  test.each([
    ['true', false],
    ['null: nothing behind it', undefined],
    ['{ inboxes: 2, … }', { inboxes: 3 }],
    ["'id-cli'", 'hosts'],
    ["'a.b'", 'axb'],
    ["[ 'a' ]", ['a', 'b']],
    ['{ loadedAt: 1767225600000 }', { loadedAt: null }],
  ])('%s is not %s', (shown, value) => {
    expect(matchValue(shown, value)).toHaveLength(1);
  });
});
