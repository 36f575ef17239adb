// What browsers and edge runtimes import: no module of Node in it, and no more bytes than its budget.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles as a bundler for browsers does; the sources stand for the packages. */
async function bundle(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${root}${entry}`],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@xmtp-messaging/source'],
    minify: true,
    write: false,
    outdir: 'out',
    metafile: true,
    logLevel: 'silent',
  });
  const first = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint !== undefined);
  const loaded = new Set();
  const follow = (path) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of metafile.outputs[path].imports) if (kind === 'import-statement') follow(next);
  };
  follow(first[0]);
  const bytes = outputFiles
    .filter(({ path }) => [...loaded].some((name) => path.endsWith(`/${name}`)))
    .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  return { bytes, all: outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) };
}

/** Kilobytes after gzip: what is loaded at once, and with every part that is loaded when it is needed. */
const budgets = [
  ['packages/ens-resolver/src/browser/index.ts', { atOnce: 55, all: 130 }],
  ['packages/inbound-guard/src/index.ts', { atOnce: 40, all: 40 }],
  ['packages/errors/src/index.ts', { atOnce: 10, all: 10 }],
];

test.each(budgets)('%s', async (entry, { atOnce, all }) => {
  const size = await bundle(entry);
  expect(size.bytes / 1_024).toBeLessThan(atOnce);
  expect(size.all / 1_024).toBeLessThan(all);
});

test('a module of Node in the bundle is an error', async () => {
  await expect(bundle('packages/ens-resolver/src/index.ts')).rejects.toThrow(/node:/);
});
