import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './failure.mjs';
import { fetchPackages } from './fetch-packages.mjs';

/** What is fetched when the host has nothing that fits: by platform the package, its version and the digest of its tarball. */
const lock = JSON.parse(readFileSync(new URL('toolchain.lock.json', import.meta.url), 'utf8'));

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

/** What brings `tool` to `platform`, for example "linux-x64"; throws where nothing does. */
export function lockedPackage(tool, platform) {
  const found = lock[tool].platforms[platform];
  if (found !== undefined) return found;
  const advice = tool === 'node' ? `Node ${oldestNode.join('.')} or later` : 'pnpm 11 or later, and run it with pnpm';
  throw new SetupError(`The npm registry has no ${tool} for ${platform} that is pinned here.\nInstall ${advice}.`);
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

  const platform = `${process.platform}-${process.arch}`;
  const wanted = Object.fromEntries(
    (hostNode ? ['pnpm'] : ['node', 'pnpm']).map((tool) => [tool, lockedPackage(tool, platform)]),
  );
  const label = Object.entries(wanted).map(([tool, { version }]) => `${tool}-${version}`);
  const digest = createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 8);
  const folder = join(root, '.bootstrap', [...label, platform, digest].join('-'));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = Object.fromEntries(
    Object.entries(wanted).map(([tool, { name }]) => {
      const inside = tool === 'node' && suffix === '' ? 'bin/node' : `${tool === 'node' ? 'bin/' : ''}${tool}${suffix}`;
      return [tool, join('node_modules', name, inside)];
    }),
  );
  if (!existsSync(folder)) await fetchPackages({ folder, packages: wanted, programs, env, reporter });

  const place = (tool) => join(folder, programs[tool]);
  return {
    node: hostNode ? process.execPath : place('node'),
    pnpm: [place('pnpm')],
    path: Object.keys(wanted).map((tool) => join(place(tool), '..')),
  };
}
