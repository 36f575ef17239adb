// The guide shows pieces of the examples: they are what stands there.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const guide = readFileSync(`${root}docs/guides/frameworks.md`, 'utf8');
const sections = guide.split(/^## /mu).slice(1);

/** How far a piece is indented is a matter of where it stands. */
const plain = (code: string) => code.replaceAll(/^\s+/gmu, '').trim();

test.each(sections)('%s', (section) => {
  const { name = '', code = '' } =
    /\[examples\/(?<name>[\w-]+)\][^]*^```\w+\n(?<code>[^]*?)^```$/mu.exec(section)?.groups ?? {};
  const sources = globSync(`examples/${name}/{src/*.ts,*.py}`, { cwd: root });
  expect(plain(sources.map((path) => readFileSync(root + path, 'utf8')).join('\n'))).toContain(plain(code));
  expect(code).not.toBe('');
});

test('it has a section for each example', () => {
  const named = sections.map((section) => /\[examples\/(?<name>[\w-]+)\]/u.exec(section)?.groups?.['name']);
  const folders = globSync('examples/*/README.md', { cwd: root }).map((path) => path.split('/')[1]);
  expect(new Set(named)).toEqual(new Set(folders));
  expect(named).toHaveLength(folders.length);
});
