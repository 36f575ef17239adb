import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError, explainFailure } from './failure.mjs';
import { capture } from './run.mjs';

const neededBytes = 1.5 * 2 ** 30;

/** A digest of everything that decides what must be installed. */
export function workspaceDigest(root) {
  const hash = createHash('sha256');
  const folders = ['packages', 'apps', 'examples'].flatMap((parent) =>
    // Node 18 has no toSorted.
    [...readdirSync(join(root, parent))].sort((a, b) => (a < b ? -1 : 1)).map((name) => join(parent, name)),
  );
  const manifests = ['.', ...folders, 'benchmarks', 'chaos', 'conformance'].map((folder) =>
    join(folder, 'package.json'),
  );
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Installs the workspace's dependencies when they changed since the last time; else does nothing. */
export async function installWorkspace({ root, env, pnpm: [pnpm, ...first], reporter }) {
  const stamp = join(root, 'node_modules', '.bootstrap-digest');
  const digest = workspaceDigest(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;

  reporter.step('Install dependencies');
  const { bavail, bsize } = await statfs(root);
  if (!existsSync(stamp) && bavail * bsize < neededBytes) {
    const free = Math.round((bavail * bsize) / 2 ** 20);
    throw new SetupError(
      `Not enough disk: the dependencies need about 1.5 GB, ${free} MB are free.\nFree some space and run the same command again.`,
    );
  }
  const args = [...first, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const { code, output } = await capture(pnpm, args, {
    cwd: root,
    env: { ...env, CI: 'true' },
    onLine: (line) => reporter.detail(line),
  });
  if (code !== 0) throw explainFailure('install the dependencies', output);
  await writeFile(stamp, digest);
}
