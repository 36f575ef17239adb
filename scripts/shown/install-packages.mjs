// The packages of this checkout, and what readers have beside them, as if they were installed.
import { globSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What readers have installed beside ours, and where it lies here. */
const others = {
  '@xmtp/node-sdk': 'packages/xmtp-core/node_modules/@xmtp/node-sdk',
  'toxiproxy-node-client': 'packages/devnet/node_modules/toxiproxy-node-client',
};

/** Puts our packages where a program in `project` finds them. */
export async function installPackages(project) {
  const ours = await Promise.all(
    globSync('packages/*/package.json', { cwd: root }).map(async (path) => [
      JSON.parse(await readFile(join(root, path), 'utf8')).name,
      dirname(path),
    ]),
  );
  for (const [name, from] of [...ours, ...Object.entries(others)]) {
    const to = join(project, 'node_modules', name);
    await mkdir(dirname(to), { recursive: true });
    await symlink(join(root, from), to, 'dir');
  }
}
