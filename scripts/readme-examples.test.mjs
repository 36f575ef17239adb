// Every TypeScript example of a README compiles as a stranger would paste it, under strict.
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { patient } from '../packages/testing/src/patient.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const block = /^```ts\b[^\n]*\n(?<code>[^]*?)^```$/gmu;

/** Decisions show what was thought of, and notes of changes what was then. */
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' });
const documents = tracked
  .split('\n')
  .filter((path) => path !== '' && !/^(?:docs\/decisions|\.changeset)\//u.test(path));

/** The examples of one document, each with the line it begins at. */
async function examplesOf(path) {
  const text = await readFile(join(root, path), 'utf8');
  return [...text.matchAll(block)].map(({ index, groups }) => ({
    folder: dirname(path),
    line: text.slice(0, index).split('\n').length + 1,
    code: groups.code,
  }));
}

/** Found where the reader has installed them, which their package itself has no need to. */
const paths = {
  '@xmtp-messaging/*': [join(root, 'packages/*/src/index.ts')],
  '@xmtp/node-sdk': [join(root, 'packages/xmtp-core/node_modules/@xmtp/node-sdk/dist/index.d.ts')],
};

/** Compiles them beside their package, where its own name and its dependencies are found. */
async function compile(examples) {
  const files = [];
  const folders = new Set(examples.map(({ folder }) => join(root, folder, '.readme-examples')));
  onTestFinished(() => Promise.all([...folders].map((folder) => rm(folder, { recursive: true, force: true }))));
  for (const { folder, line, code } of examples) {
    const file = join(root, folder, '.readme-examples', `line-${line}.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `export {};\n${code}`);
    files.push(file);
  }
  const config = join([...folders][0], 'tsconfig.json');
  const lib = ['es2024', 'esnext.disposable', 'esnext.iterator', 'dom'];
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, lib, paths };
  await writeFile(config, JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, files }));
  const tsc = join(root, 'node_modules/.bin/tsc');
  return promisify(execFile)(tsc, ['-p', config, '--pretty', 'false'], { cwd: root }).then(
    () => [],
    ({ stdout }) => stdout.trim().split('\n'),
  );
}

test('every example compiles', { timeout: patient(120_000) }, async () => {
  const examples = (await Promise.all(documents.map(examplesOf))).flat();
  expect(examples.length).toBeGreaterThan(10);
  expect(await compile(examples)).toEqual([]);
});

test('one that does not is found', { timeout: patient(120_000) }, async () => {
  const code = "import { nothing } from '@xmtp-messaging/errors';\nnothing();\n";
  expect(await compile([{ folder: 'packages/errors', line: 1, code }])).toEqual([
    expect.stringContaining('packages/errors/.readme-examples/line-1.ts(2,10): error TS2305'),
  ]);
});
