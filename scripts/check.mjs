// Every static check, one line each; the output of those that fail.
import { spawn } from 'node:child_process';

const checks = [
  ['format', 'oxfmt', '--check', '.'],
  ['lint', 'oxlint', '--deny-warnings', '.'],
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['types of the example on LangChain', 'tsc', '-p', 'examples/langchain/tsconfig.json'],
  ['types of the page', 'tsc', '-p', 'apps/page/tsconfig.json'],
  [
    'laws of the house',
    'vitest',
    'run',
    'scripts/architecture.test.mjs',
    'scripts/browser-bundles.test.mjs',
    'scripts/errors.test.mjs',
    'scripts/names.test.mjs',
    'scripts/old-node.test.mjs',
    'scripts/security.test.mjs',
    'scripts/package-facts.test.mjs',
    'scripts/printed-commands.test.mjs',
    'scripts/readme-examples.test.mjs',
    'scripts/scoped-names.test.mjs',
    'scripts/shown/shown.test.mjs',
    'scripts/workflows.test.mjs',
  ],
  ['unused code and dependencies', 'knip'],
  ['workspace consistency', 'sherif'],
  ['packages build, publint, attw', 'turbo', 'run', 'check:package', '--output-logs=errors-only'],
  ['documentation site', 'pnpm', '--filter', '@xmtp-messaging/docs', '--silent', 'build'],
  ['built programs start', 'node', 'scripts/smoke-bins.mjs'],
];

const run = ([command, ...args]) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });

let failed = 0;
for (const [name, ...command] of checks) {
  const start = performance.now();
  const { ok, output } = await run(command);
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
  if (!ok) {
    failed += 1;
    process.stdout.write(`  ${command.join(' ')}\n${output}\n`);
  }
}
process.stdout.write(failed === 0 ? 'All checks passed.\n' : `${failed} of ${checks.length} checks failed.\n`);
process.exitCode = failed === 0 ? 0 : 1;
