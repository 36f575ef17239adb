import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NotAvailable } from './not-available.ts';

const limitMs = 300_000;

/**
 * Has npm install packages, in these versions and without running their scripts, unless the folder has them. Returns the
 * folder, whose packages find each other.
 * @param packages Version by name.
 * @throws NotAvailable: npm could not
 */
export async function fetchPackages(options: {
  folder: string;
  packages: Readonly<Record<string, string>>;
  tell: (line: string) => void;
}): Promise<string> {
  const { folder, packages, tell } = options;
  const done = join(folder, 'node_modules', '.fetched');
  if (existsSync(done)) return folder;
  tell(`Fetching ${Object.keys(packages).join(', ')} from the npm registry ...`);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: packages }),
  );
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await promisify(execFile)('npm', args, { cwd: folder, timeout: limitMs, shell: process.platform === 'win32' });
  } catch {
    throw new NotAvailable('The npm registry did not give what it needs.');
  }
  await writeFile(done, '');
  return folder;
}
