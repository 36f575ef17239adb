import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explainFailure } from './failure.mjs';
import { capture } from './run.mjs';

/** A lock file of npm for `packages`: npm refuses a tarball whose digest is another. */
export function lockFile(packages) {
  const wanted = Object.values(packages);
  return {
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { dependencies: Object.fromEntries(wanted.map(({ name, version }) => [name, version])) },
      ...Object.fromEntries(
        wanted.map(({ name, version, integrity }) => [`node_modules/${name}`, { version, integrity }]),
      ),
    },
  };
}

/**
 * Fetches packages that hold one program each, checks their digests, runs none of their scripts, and starts each
 * program once. Works in a folder beside and renames it: a broken download never looks like a toolchain.
 * @param {object} options
 * @param {string} options.folder where they go; must not exist
 * @param {Record<string, { name: string, version: string, integrity: string }>} options.packages by tool
 * @param {Record<string, string>} options.programs by tool, the program's path inside `folder`
 * @param {NodeJS.ProcessEnv} options.env for npm: its registry, cache and proxy settings
 * @param {{ step(text: string): void }} options.reporter
 */
export async function fetchPackages({ folder, packages, programs, env, reporter }) {
  const names = Object.entries(packages).map(([tool, { version }]) => `${tool === 'node' ? 'Node' : tool} ${version}`);
  const step = `fetch ${names.join(' and ')}`;
  reporter.step(`F${step.slice(1)} from the npm registry`);
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(join(dirname(folder), 'fetch-'));
  try {
    const lock = lockFile(packages);
    await writeFile(join(work, 'package.json'), JSON.stringify({ private: true, ...lock.packages[''] }));
    await writeFile(join(work, 'package-lock.json'), JSON.stringify(lock));
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', work];
    // The npm that started us may be bound to an old Node's prefix; only its registry and cache settings matter.
    const { code, output } = await capture('npm', args, { cwd: work, env });
    if (code !== 0) throw explainFailure(step, output);
    for (const [tool, program] of Object.entries(programs)) {
      const { code: failed, output: said } = await capture(join(work, program), ['--version'], { cwd: work, env });
      if (failed !== 0 || !said.includes(packages[tool].version)) throw explainFailure(`start ${tool}`, said);
    }
    await rename(work, folder).catch((error) => {
      // Another run was faster; its copy is as good as ours.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
