// The documents that readers follow, with their blocks.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBlocks } from './read-blocks.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Decisions show what was thought of, and notes of changes what was then. */
export async function shownIn(only = []) {
  const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = tracked
    .split('\n')
    .filter((path) => path !== '' && !/^(?:docs\/decisions|\.changeset)\//u.test(path))
    .filter((path) => only.length === 0 || only.includes(path));
  return await Promise.all(
    paths.map(async (path) => ({ path, blocks: readBlocks(await readFile(join(root, path), 'utf8')) })),
  );
}
