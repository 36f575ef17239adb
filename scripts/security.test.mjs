// SECURITY.md names a test for each finding; a promise whose test is gone is no promise.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const rows = readFileSync(`${root}SECURITY.md`, 'utf8')
  .split('\n')
  .map((line) => /^\| ([CHML]\d) .*\| `([^`]+)` "([^"]+)"\s*\|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, finding, file, title]) => ({ finding, file, title }));

test('every finding of the review is answered', () => {
  const numbered = (letter, count) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  const all = [...numbered('C', 1), ...numbered('H', 5), ...numbered('M', 9), ...numbered('L', 7)];
  expect(rows.map(({ finding }) => finding)).toEqual(all);
});

test.each(rows)('$finding has its test in $file', ({ finding, file, title }) => {
  expect(title).toContain(finding);
  expect(readFileSync(root + file, 'utf8')).toContain(title);
});
