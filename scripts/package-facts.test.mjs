// What npm shows of a package, and what a stranger needs of it, is the same everywhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const repository = 'https://github.com/xmtp-messaging/xmtp-messaging';

const published = globSync('{packages,apps,integrations}/*/package.json', { cwd: root })
  .map((path) => ({
    folder: dirname(path),
    facts: JSON.parse(readFileSync(join(root, path), 'utf8')),
  }))
  .filter(({ facts }) => facts.private !== true);
const readme = (folder) => readFileSync(join(root, folder, 'README.md'), 'utf8');

test('there are packages to publish', () => {
  expect(published.length).toBeGreaterThan(10);
});

test.each(published)('$folder says what it is, whose it is and where it comes from', ({ folder, facts }) => {
  expect(facts).toMatchObject({
    name: expect.stringMatching(/^@xmtp-messaging\/[a-z-]+$/u),
    description: expect.stringMatching(/^[A-Z].{20,}\.$/u),
    homepage: `${repository}/tree/main/${folder}#readme`,
    bugs: `${repository}/issues`,
    license: 'MIT',
    author: 'XMTP Messaging contributors',
    repository: { type: 'git', url: `git+${repository}.git`, directory: folder },
    engines: { node: '>=22.18' },
    publishConfig: { access: 'public', provenance: true },
    type: 'module',
  });
  expect(facts.keywords.length).toBeGreaterThanOrEqual(4);
  expect(facts.keywords).toEqual([...new Set(facts.keywords)].toSorted((a, b) => a.localeCompare(b)));
});

test.each(published)('the types of $folder are pinned as its names are', ({ folder }) => {
  expect(readFileSync(join(root, folder, 'src/index.test.ts'), 'utf8')).toMatch(/expectTypeOf[(<]/u);
});

test.each(published)('nothing of the workspace is left in what $folder publishes', ({ facts }) => {
  expect(JSON.stringify(facts.publishConfig.exports ?? {})).not.toMatch(/@xmtp-messaging\/source|\/src\//u);
  expect(facts.files.some((entry) => entry.startsWith('src'))).toBe(false);
});

test.each(published)(
  'the README of $folder begins with how to get it, and its links work on npm',
  ({ folder, facts }) => {
    const text = readme(folder);
    const first = text.search(/^## /mu);
    const start = first === -1 ? text : text.slice(0, first);
    expect(start).toMatch(new RegExp(`(?:npm install|npx(?: -y)?) ${facts.name}(?:\\s|$)`, 'mu'));
    const relative = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)]+)\)/gu)].map(([, target]) => target);
    expect(relative).toEqual([]);
    const ours = [...text.matchAll(/\]\(([^)#]+)/gu)]
      .map(([, target]) => target)
      .filter((url) => url.startsWith(repository));
    const paths = ours.map(
      (url) => /^\/(?:blob|tree)\/main\/(?<path>.+)$/u.exec(url.slice(repository.length))?.groups.path,
    );
    expect(paths.filter((path) => path !== undefined && !existsSync(join(root, path)))).toEqual([]);
  },
);
