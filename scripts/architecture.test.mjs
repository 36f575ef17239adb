// The arrows of the house, read from the manifests: who may depend on whom at run time.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const scope = '@xmtp-messaging/';

const manifests = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(`${root}${parent}`).map((name) => {
    const manifest = JSON.parse(readFileSync(`${root}${parent}/${name}/package.json`, 'utf8'));
    const siblings = Object.keys(manifest.dependencies ?? {}).filter((dependency) => dependency.startsWith(scope));
    return { parent, name, manifest, siblings: siblings.map((sibling) => sibling.slice(scope.length)) };
  }),
);
const published = manifests.filter(({ manifest }) => manifest.private !== true);

test.each(published.filter(({ parent }) => parent === 'packages'))(
  '$name needs no sibling but errors',
  ({ siblings }) => {
    expect(siblings.filter((sibling) => sibling !== 'errors')).toEqual([]);
  },
);

test.each(published)('$name does not ship the local network or test helpers', ({ siblings }) => {
  expect(siblings).not.toContain('devnet');
  expect(siblings).not.toContain('testing');
  expect(siblings).not.toContain('stage');
});

test('apps/skill needs the team file and the prompt, not the mailbox', () => {
  const { siblings } = manifests.find(({ name }) => name === 'skill');
  expect(siblings.toSorted()).toEqual(['errors', 'inbound-guard', 'team-config']);
});

test.each(published)('$name publishes what it builds and hides its sources', ({ manifest }) => {
  expect(manifest.files).toEqual(['dist']);
  expect(JSON.stringify(manifest.publishConfig.exports)).not.toContain('./src/');
  expect(Object.keys(manifest.exports)).toEqual(Object.keys(manifest.publishConfig.exports));
});

// Oxlint forbids `Date.now`; this is what its rules cannot say.
test('nothing but the shared clock reads the wall clock', () => {
  const readers = manifests.flatMap(({ parent, name }) =>
    sourcesOf(`${parent}/${name}`).filter((path) =>
      /\bnew Date\(\s*\)|\bDate\(\s*\)|\bTemporal\.Now\b/u.test(readFileSync(`${root}${path}`, 'utf8')),
    ),
  );
  expect(readers).toEqual([]);
});

function sourcesOf(folder) {
  return readdirSync(`${root}${folder}/src`, { recursive: true })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('gen/'))
    .map((file) => `${folder}/src/${file}`);
}
