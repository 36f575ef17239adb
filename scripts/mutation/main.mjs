// `npm run mutation`: changes the code of a room in one place at a time, and tells which changes no test of that room notices.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = JSON.parse(await readFile(new URL('rooms.json', import.meta.url), 'utf8'));
const help = `Usage: npm run mutation -- [options] [${Object.keys(rooms).join('|')}]...

Without a name, all of them: some minutes each. Those that survive are listed, and in node_modules/.cache/mutation.
docs/decisions/0191-mutants-that-live.md says which are meant to.

  --files <glob>  of the room, for example create-*.ts
  --help`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '**/*.ts' },
    help: { type: 'boolean' },
  },
});
const unknown = positionals.find((name) => !Object.hasOwn(rooms, name));
if (values.help || unknown !== undefined) {
  process.stderr.write(unknown === undefined ? `${help}\n` : `There is no room ${unknown}.\n${help}\n`);
  process.exit(unknown === undefined ? 0 : 2);
}

const folder = join(root, 'node_modules/.cache/mutation');
await mkdir(folder, { recursive: true });
// Not in node_modules: Node takes the types from no file below it, and a test may begin a thread of its own.
const copies = await mkdtemp(join(tmpdir(), 'xmtp-messaging-mutation-'));
for (const name of positionals.length === 0 ? Object.keys(rooms) : positionals) {
  const { mutate, tests, readsSources = '' } = rooms[name];
  const settings = {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    mutate: [`${mutate}/${values.files}`, '!**/*.test.ts'],
    // It would read this through the compiler's library, which version 7 does not have.
    tsconfigFile: 'none.json',
    coverageAnalysis: 'perTest',
    // On a machine that does something else too.
    dryRunTimeoutMinutes: 30,
    concurrency: 2,
    // Everything that was given a name or a text reads better than it tests.
    mutator: { excludedMutations: ['StringLiteral'] },
    // What runs once, when a file is loaded, would ask for a new process for each mutant.
    ignoreStatic: true,
    ignorePatterns: ['**/dist', 'docs', '.bootstrap', 'benchmarks', 'chaos', 'conformance', 'examples', 'apps'],
    tempDirName: copies,
    reporters: ['clear-text', 'json', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: join(folder, `${name}.json`) },
  };
  const file = join(folder, `${name}.settings.json`);
  await writeFile(file, JSON.stringify(settings));
  // Property tests try a few values for each mutant, and many in the suite.
  const env = {
    ...process.env,
    MUTATION_TESTS: tests,
    // A test of the sources' own text does not know them any more.
    MUTATION_WITHOUT: readsSources,
    FUZZ_RUNS: process.env.FUZZ_RUNS ?? '25',
    TEST_PATIENCE: '4',
  };
  const child = spawn('stryker', ['run', file], { cwd: root, env, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) process.exitCode = 1;
}
await rm(copies, { recursive: true, force: true });
