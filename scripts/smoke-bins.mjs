// Starts every published program as it will be installed: a build that lost its entry, or an import, shows here.
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const bins = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(parent).flatMap((name) => {
    const { bin = {}, version } = JSON.parse(readFileSync(join(parent, name, 'package.json'), 'utf8'));
    return Object.entries(bin).map(([command, file]) => ({ command, path: join(parent, name, file), version }));
  }),
);

let failed = 0;
for (const { command, path, version } of bins) {
  const run = (...args) =>
    promisify(execFile)(process.execPath, [path, ...args], { timeout: 30_000 }).then(
      ({ stdout }) => stdout,
      (error) => `exit ${error.code}: ${error.stderr ?? ''}`,
    );
  const said = { '--help': await run('--help'), '--version': await run('--version') };
  const wrong = Object.entries(said).filter(([flag, text]) =>
    flag === '--help' ? !text.toLowerCase().includes('usage') : text.trim() !== version,
  );
  if (wrong.length > 0) failed += 1;
  process.stdout.write(`${wrong.length === 0 ? '✓' : '✗'} ${command} ${Object.keys(said).join(', ')}\n`);
  for (const [flag, text] of wrong) process.stdout.write(`  ${flag} said: ${text.slice(0, 500)}\n`);
}
process.exitCode = failed === 0 ? 0 : 1;
