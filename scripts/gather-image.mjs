// Gathers in a folder what the container image holds: the command line with everything that it needs here, and an inventory of it.
// Build first: `npm run build`. `npm run image -- FOLDER`; the folder must not be there.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [named] = process.argv.slice(2);
if (named === undefined || existsSync(named)) {
  process.stderr.write('Usage: npm run image -- FOLDER, which must not be there\n');
  process.exit(2);
}
const folder = resolve(named);
const command = '@xmtp-messaging/cli';

pnpm('--filter', command, 'deploy', '--prod', '--legacy', folder);
pnpm('--filter', command, 'sbom', '--prod', '--sbom-format', 'spdx', '--out', join(folder, 'sbom.spdx.json'));
// Six of seven bindings are for other platforms: 190 MB.
const platform = `linux-${process.arch}-gnu`;
for (const path of globSync('node_modules/.pnpm/@xmtp+node-bindings@*/node_modules/@xmtp/node-bindings/dist/*.node', {
  cwd: folder,
}))
  if (!path.endsWith(`.${platform}.node`)) rmSync(join(folder, path));

function pnpm(...args) {
  const { status } = spawnSync('pnpm', args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
