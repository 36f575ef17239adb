// What is in a tarball that npm would be given, and should not be; and what should be, and is not.
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { reachDeclarations } from '../reach-declarations.mjs';

const kinds = new Set(['.css', '.html', '.js', '.json', '.map', '.md', '.svg', '.ts']);

/**
 * Unpacks it below `root` and reads it as a stranger would.
 * @returns a sentence for each fault; none when it is right
 */
export async function inspectTarball(tarball, root) {
  await mkdir(root, { recursive: true });
  const folder = await mkdtemp(join(root, 'unpacked-'));
  try {
    await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
    const files = globSync('**/*', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
    const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return [
      ...['LICENSE', 'README.md'].filter((path) => !files.includes(path)).map((path) => `It has no ${path}.`),
      ...['devDependencies', 'scripts', 'tsup']
        .filter((key) => key in facts)
        .map((key) => `Its package.json keeps ${key}.`),
      ...(JSON.stringify(facts).match(/"(?:workspace|catalog|link|file):[^"]*"/gu) ?? []).map(
        (left) => `Its package.json keeps ${left}.`,
      ),
      ...files
        .filter((path) => path !== 'LICENSE' && !kinds.has(extname(path)))
        .map((path) => `${path} is of no kind that is published.`),
      ...files
        .filter((path) => /\.test\.|^src\/|\.tsbuildinfo$/u.test(path))
        .map((path) => `${path} is not for users.`),
      ...unreached(folder, facts, files),
      ...strayMaps(folder, files),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Declarations that no entry leads to, and entries that lead nowhere. */
function unreached(folder, { exports }, files) {
  try {
    const reached = reachDeclarations(folder, exports);
    const stray = files.filter((path) => path.endsWith('.d.ts') && !reached.has(path));
    return stray.map((path) => `Nobody can reach ${path}.`);
  } catch (error) {
    return [error.message];
  }
}

/** Source maps of nothing, and code that names a map which is not there. */
function strayMaps(folder, files) {
  const read = (path) => readFileSync(join(folder, path), 'utf8');
  const empty = files.filter((path) => {
    if (!path.endsWith('.map')) return false;
    const { sources, sourcesContent = [] } = JSON.parse(read(path));
    return sources.some((source, index) => !sourcesContent[index] && !existsSync(join(folder, dirname(path), source)));
  });
  const named = files
    .filter((path) => /\.[jt]s$/u.test(path))
    .flatMap((path) =>
      [...read(path).matchAll(/^\/\/# sourceMappingURL=(?!data:)(\S+)$/gmu)].map(([, map]) => join(dirname(path), map)),
    );
  return [
    ...empty.map((path) => `${path} points to sources that are not there.`),
    ...named.filter((path) => !files.includes(path)).map((path) => `${path} is named and absent.`),
  ];
}
