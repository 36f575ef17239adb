import { expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

const a = `0x${'a'.repeat(40)}`;

test('an item of a block list is its own lines, from the dash on', () => {
  const items = [`- "${a}" # one\n`, `-\n  address: "${a}"\n  name: ""\n`, `- address: >-\n    ${a}`];
  const text = `# first\n${items[0]}\n# second\n${items[1]}# third\n${items[2]}`;
  const { rows, layout } = readDocument(text, 'address');
  expect(layout).toBe('lines');
  expect(rows.map(({ start, end }) => text.slice(start, end))).toEqual(items);
  expect(rows.map(({ id, name }) => [id.text, name])).toEqual([
    [a, null],
    [a, null],
    [a, null],
  ]);
});

test('an item of a list on one line has no lines, and nothing is looked for', () => {
  const { rows, layout } = readDocument(`\n["${a}", "b"]\n`, 'address');
  expect(layout).toBe('document');
  expect(rows.map(({ start, end }) => [start, end])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test.each(['', '# nobody\n', '--- # nobody\n', '~'])('%j has no entry, and may be given one', (text) => {
  expect(readDocument(text, 'address')).toMatchObject({ rows: [], layout: 'lines' });
});
