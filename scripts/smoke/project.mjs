// An empty project in which a stranger installs one of our packages.
import { execFile } from 'node:child_process';
import { globSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How each package manager installs under its default settings, and where it is told that a package lies in a file. */
const managers = {
  npm: { install: ['npm', 'install', '--no-audit', '--no-fund'], overrides: 'overrides' },
  pnpm: { install: ['pnpm', 'install'], overrides: null },
  yarn: { install: ['npx', '--yes', 'yarn@1.22.22', 'install', '--non-interactive'], overrides: 'resolutions' },
};

export const managerNames = Object.keys(managers);

/** Everything of ours that these need, and they themselves. */
function closure(names, packed) {
  const found = new Set();
  const add = (name) => {
    const each = packed.find((one) => one.name === name);
    if (each === undefined || found.has(each)) return;
    found.add(each);
    for (const needed of Object.keys(each.facts.dependencies ?? {})) add(needed);
  };
  for (const name of names) add(name);
  return [...found];
}

/**
 * Installs packages from their tarballs, with what else the project depends on. What is not published yet has to come from its
 * tarball wherever it is asked for. Rejects when the manager exits with anything but 0.
 * @param options.absent Where optional packages lie that the registry at hand does not have: yarn asks for those of every platform.
 */
export async function createProject(folder, { manager, install, packed, also = {}, absent = {} }) {
  const needed = closure(install, packed);
  const files = Object.fromEntries(needed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const wanted = Object.fromEntries(install.map((name) => [name, files[name]]));
  const manifest = {
    name: 'smoke',
    version: '1.0.0',
    private: true,
    type: 'module',
    dependencies: { ...wanted, ...also },
  };
  const { install: command, overrides } = managers[manager];
  await mkdir(folder, { recursive: true });
  if (overrides === null) {
    const lines = Object.entries(files).map(([name, file]) => `  '${name}': '${file}'`);
    await writeFile(join(folder, 'pnpm-workspace.yaml'), `overrides:\n${lines.join('\n')}\n`);
  } else manifest[overrides] = manager === 'yarn' ? { ...files, ...absent } : files;
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  const [program, ...args] = command;
  await run(program, args, { cwd: folder, timeout: 300_000, maxBuffer: 1 << 26 });
}

/** How many packages lie below node_modules, once each. */
export function countPackages(folder) {
  const found = globSync(['node_modules/**/package.json', 'node_modules/.pnpm/**/package.json'], { cwd: folder })
    .filter((path) => /node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+[/\\]package\.json$/u.test(path))
    .map((path) => realpathSync(join(folder, path, '..')));
  return new Set(found).size;
}
