// Packs every package that is published, as npm would get it.
import { execFile } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is published: name, folder, and what its package.json says. */
export function publishedPackages(root) {
  return globSync('{packages,apps,integrations}/*/package.json', { cwd: root })
    .map((path) => ({
      folder: join(root, dirname(path)),
      facts: JSON.parse(readFileSync(join(root, path), 'utf8')),
    }))
    .filter(({ facts }) => facts.private !== true)
    .map(({ folder, facts }) => ({ name: facts.name, folder, facts }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Packs them all into `to`; each gets its `tarball` and the `bytes` of that. They must have been built. */
export async function packAll(packages, to) {
  const packed = [];
  for (const each of packages) {
    const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', to], { cwd: each.folder });
    const tarball = JSON.parse(stdout).filename;
    packed.push({ ...each, tarball, bytes: statSync(tarball).size });
  }
  return packed;
}
