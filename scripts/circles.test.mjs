// A file stands above what it imports, types included: no two of them need each other, so each can be read after those below it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['packages', 'apps', 'integrations', 'examples'].flatMap((parent) =>
  readdirSync(`${root}${parent}`).map((name) => `${parent}/${name}`),
);
const folders = [...rooms, 'benchmarks', 'chaos', 'conformance']
  .map((room) => `${room}/src`)
  .filter((folder) => existsSync(root + folder));

test.each(folders)('in %s no files import each other', (folder) => {
  const files = readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file))
    .map((file) => join(folder, file));
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  expect(circlesIn(imports)).toEqual([]);
});

test('a circle is found, whether it is of two files or of three', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['e', 'a']],
    ['e', ['d']],
    ['f', ['d']],
  ]);
  expect(circlesIn(imports)).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
});

function importsOf(file) {
  const text = readFileSync(root + file, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport\() ?'(\.[^']*)'/gu)].map(([, path]) => join(dirname(file), path));
}

/** The groups of files each of which reaches every other (strongly connected components, by reachability: the rooms are small). */
function circlesIn(imports) {
  const reached = new Map([...imports.keys()].map((file) => [file, reachedFrom(file, imports)]));
  const inCircle = [...imports.keys()].filter((file) => reached.get(file).has(file));
  const circles = inCircle.map((file) =>
    inCircle.filter((other) => reached.get(file).has(other) && reached.get(other).has(file)),
  );
  return [...new Map(circles.map((circle) => [circle[0], circle])).values()];
}

function reachedFrom(start, imports) {
  const seen = new Set();
  const next = [...(imports.get(start) ?? [])];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    next.push(...(imports.get(file) ?? []));
  }
  return seen;
}
