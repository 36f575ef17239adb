// A row of a table in a document has the cells of its header, or it is shown as something else.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url);

/** Lines of each table of a text, by their number, outside of code. */
function tablesOf(text) {
  const tables = [];
  let [isCode, table] = [false, null];
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(```|~~~)/u.test(line)) isCode = !isCode;
    const isRow = !isCode && line.trimStart().startsWith('|');
    if (isRow && table === null) tables.push((table = []));
    if (isRow) table.push({ number: index + 1, cells: line.trim().split(/(?<!\\)\|/u).length - 2 });
    else table = null;
  }
  return tables;
}

/** @type {(text: string) => number[]} */
const uneven = (text) =>
  tablesOf(text).flatMap((rows) => rows.filter(({ cells }) => cells !== rows[0].cells).map(({ number }) => number));

test('every row of a table has as many cells as its header', () => {
  expect(uneven('| a | b |\n| --- | --- |\n| 1 |\n| 1 | 2 \\| 3 |\n\n```\n| 1 |\n```\n')).toEqual([3]);
  const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
  })
    .toString()
    .split('\n')
    .filter((path) => path !== '' && existsSync(new URL(path, root)));
  expect(documents.length).toBeGreaterThan(100);
  const found = documents.flatMap((path) =>
    uneven(readFileSync(new URL(path, root), 'utf8')).map((line) => `${path}:${line}`),
  );
  expect(found).toEqual([]);
});
