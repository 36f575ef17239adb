import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFailure } from './failure.mjs';
import { capture } from './run.mjs';

/** What is fetched when the host has nothing that fits. */
export const pinned = { node: '24.21.0', pnpm: '12.21.0' };

/** The oldest Node that runs TypeScript sources and node:sqlite without a flag. */
export const oldestNode = [22, 18];

/** Whether `version`, for example "22.18.0", is at least `[major, minor]`. */
export function isAtLeast(version, [major, minor]) {
  const [hostMajor = 0, hostMinor = 0] = version.split('.').map(Number);
  return hostMajor > major || (hostMajor === major && hostMinor >= minor);
}

/** The pnpm that started this process, when it is new enough to read this workspace; else `null`. */
export function callingPnpm(env) {
  const [, version] = /^pnpm\/(\d+\.\d+)/.exec(env.npm_config_user_agent ?? '') ?? [];
  if (version === undefined || !isAtLeast(version, [11, 0]) || env.npm_execpath === undefined) return null;
  return /\.[cm]?js$/.test(env.npm_execpath) ? [process.execPath, env.npm_execpath] : [env.npm_execpath];
}

/**
 * Node and pnpm to work with: the host's where they fit, else pinned ones from the npm registry, kept in
 * `.bootstrap/` of this checkout.
 * @returns {Promise<{ node: string, pnpm: string[], path: string[] }>}
 */
export async function prepareToolchain({ root, env, versions, reporter }) {
  const hostNode = isAtLeast(versions.node, oldestNode);
  const hostPnpm = callingPnpm(env);
  if (hostNode && hostPnpm !== null) return { node: process.execPath, pnpm: hostPnpm, path: [] };

  const wanted = hostNode ? { pnpm: pinned.pnpm } : pinned;
  const label = Object.entries(wanted)
    .map(([name, version]) => `${name}-${version}`)
    .join('-');
  const folder = join(root, '.bootstrap', `${label}-${process.platform}-${process.arch}`);
  if (!existsSync(folder)) await fetchToolchain({ root, folder, env, wanted, reporter });

  const bin = join(folder, 'node_modules', '.bin');
  const suffix = process.platform === 'win32' ? '.cmd' : '';
  return { node: hostNode ? process.execPath : join(bin, 'node'), pnpm: [join(bin, `pnpm${suffix}`)], path: [bin] };
}

/** Installs into a temporary folder and renames it: a broken download never looks like a toolchain. */
async function fetchToolchain({ root, folder, env, wanted, reporter }) {
  const names = Object.entries(wanted).map(([name, version]) => `${name === 'node' ? 'Node' : name} ${version}`);
  reporter.step(`Fetch ${names.join(' and ')} from the npm registry`);
  await mkdir(join(root, '.bootstrap'), { recursive: true });
  const work = await mkdtemp(join(root, '.bootstrap', 'fetch-'));
  try {
    await writeFile(join(work, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
    const args = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', '--prefix', work];
    // The npm that started us may be bound to an old Node's prefix; only its registry and cache settings matter.
    const { code, output } = await capture('npm', args, { cwd: work, env });
    if (code !== 0) throw explainFailure(`fetch ${names.join(' and ')}`, output);
    for (const [name, version] of Object.entries(wanted)) {
      const tool = join(work, 'node_modules', '.bin', name);
      const { code: failed, output: said } = await capture(tool, ['--version'], { cwd: work, env });
      if (failed !== 0 || !said.includes(version)) throw explainFailure(`start ${name} ${version}`, said);
    }
    await rename(work, folder).catch((error) => {
      // Another run was faster; its copy is as good as ours.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
