import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const readManifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Where a dependency of the package in `folder` was installed: inside it, or beside it. */
function locate(folder: string, name: string): string {
  for (const place of [join(folder, 'node_modules'), folder.slice(0, folder.lastIndexOf('/node_modules/') + 13)]) {
    try {
      return realpathSync(join(place, name));
    } catch {
      // The other place.
    }
  }
  throw new Error(`${name} is not installed for ${folder}`);
}

/** Everything that comes along with the package in `folder`. */
function collect(folder: string, found = new Set<string>()): Set<string> {
  for (const name of Object.keys(readManifest(folder).dependencies ?? {})) {
    const dependency = locate(folder, name);
    if (!found.has(dependency)) collect(dependency, found.add(dependency));
  }
  return found;
}

function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter(({ name }) => name !== 'node_modules')
    .reduce((sum, entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sum + sizeOf(path);
      return entry.isFile() ? sum + statSync(path).size : sum;
    }, 0);
}

test('what is installed with the devnet is little, and runs nothing when it is installed', () => {
  const folders = [...collect(root)];
  const scripts = folders
    .map((folder) => readManifest(folder))
    .filter(({ name }) => !name.startsWith('@xmtp-messaging/'))
    .filter(({ scripts: { preinstall, install, postinstall } = {} }) => preinstall ?? install ?? postinstall)
    .map(({ name }) => name);
  expect(scripts).toEqual([]);
  expect(folders.map((folder) => readManifest(folder).name).toSorted()).toMatchInlineSnapshot(`
    [
      "@adraffy/ens-normalize",
      "@bomb.sh/tab",
      "@bufbuild/protobuf",
      "@hono/node-server",
      "@noble/hashes",
      "@xmtp-messaging/errors",
      "commander",
      "hono",
      "ipaddr.js",
      "zod",
    ]
  `);
  expect(folders.length).toBeLessThan(14);
  expect(folders.reduce((sum, folder) => sum + sizeOf(folder), 0)).toBeLessThan(25 * 1024 * 1024);
});
