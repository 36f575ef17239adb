// Starts every published program as it will be installed: a build that lost its entry, or an import, shows here.
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const bins = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(parent).flatMap((name) => {
    const { bin = {} } = JSON.parse(readFileSync(join(parent, name, 'package.json'), 'utf8'));
    return Object.entries(bin).map(([command, file]) => ({ command, path: join(parent, name, file) }));
  }),
);

let failed = 0;
for (const { command, path } of bins) {
  const said = await promisify(execFile)(process.execPath, [path, '--help'], { timeout: 30_000 }).then(
    ({ stdout }) => stdout,
    (error) => `exit ${error.code}: ${error.stderr ?? ''}`,
  );
  const ok = said.toLowerCase().includes('usage');
  if (!ok) failed += 1;
  process.stdout.write(`${ok ? '✓' : '✗'} ${command} --help${ok ? '' : ` said: ${said.slice(0, 500)}`}\n`);
}
process.exitCode = failed === 0 ? 0 : 1;
