// A test that is slow because its code is counted or traced (`npm run coverage`, `npm run mutation`) is no test that fails: what ends a wait is `patient`.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Limits that are part of what is tested, or that end a wait for what need not come. */
const meant = {
  'apps/server/test/page.e2e.test.ts': 'a click that a page may already be past',
};

/** What a line waits for at most, a second or more, without patience. */
const impatient = (line) =>
  [
    /AbortSignal\.timeout\((\d[\d_]{3,})/u,
    /\btimeout: (\d[\d_]{3,})/u,
    /^(?:\}, (\d[\d_]{3,})\);| {2}(\d[\d_]{3,}),)$/u,
  ].some((limit) => limit.test(line));

const files = globSync(
  [
    '{packages,apps,examples,integrations}/*/{src,test}/**/*.ts',
    '{benchmarks,chaos,conformance}/{src,test}/**/*.ts',
    'scripts/**/*.test.mjs',
  ],
  { cwd: root },
).filter(
  (path) => /\.test\.(?:ts|mjs)$|\/test\/|^packages\/(?:testing|stage)\//u.test(path) && !path.includes('node_modules'),
);

test.each([
  ['signal: AbortSignal.timeout(30_000),', true],
  ['const limits = { timeout: 30_000 };', true],
  ["test('slow', { timeout: 60_000 }, async () => {", true],
  ['}, 60_000);', true],
  ['  90_000,', true],
  ['AbortSignal.timeout(patient(30_000))', false],
  ['AbortSignal.timeout(100)', false],
])('%s', (line, is) => {
  expect(impatient(line)).toBe(is);
});

test('tests and what they stand on wait as long as they are told to have patience', () => {
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((path) =>
    readFileSync(root + path, 'utf8')
      .split('\n')
      .filter((line) => impatient(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  const others = found.filter(
    (each) => !Object.keys(meant).some((path) => each.startsWith(path)) && !each.startsWith('scripts/patience'),
  );
  expect(others).toEqual([]);
});
