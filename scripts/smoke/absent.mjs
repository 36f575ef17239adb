// Optional packages of other platforms that the registry at hand does not have.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const asJson = async (...args) => JSON.parse((await run('npm', ['view', ...args, '--json'])).stdout || '{}');

/**
 * npm and pnpm pass over them, yarn 1 fails. An empty one is made for each of them, and named.
 * @returns by name, where it lies
 */
export async function standInForAbsent(root, parent) {
  const absent = {};
  for (const [name, version] of Object.entries(await asJson(parent, 'optionalDependencies'))) {
    const isThere = await asJson(`${name}@${version}`, 'version').then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    const folder = join(root, 'absent', name.replace('/', '-'));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version }));
    absent[name] = `file:${folder}`;
  }
  return absent;
}
