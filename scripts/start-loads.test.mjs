// What every start of a server loads, package by package: what it needs only later must not make all of them wait.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The packages of others that are imported with `entry`, without what is imported when it is needed. */
async function packagesOf(entry) {
  const { metafile } = await build({
    entryPoints: [`${root}${entry}`],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@xmtp-messaging/source'],
    write: false,
    outdir: 'out',
    metafile: true,
    logLevel: 'silent',
    plugins: [
      {
        name: 'others stay outside',
        setup: (builder) =>
          builder.onResolve({ filter: new RegExp('^[^./]') }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@xmtp-messaging/') ? undefined : { path, external: true },
          ),
      },
    ],
  });
  const [first] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(entry)) ?? [];
  const loaded = new Set();
  const others = new Set();
  const follow = (path) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind, external } of metafile.outputs[path].imports) {
      if (kind !== 'import-statement') continue;
      if (external === true) others.add(next);
      else follow(next);
    }
  };
  follow(first);
  return [...others].filter((name) => !name.startsWith('node:')).toSorted((a, b) => a.localeCompare(b));
}

test('a start of the server', async () => {
  expect(await packagesOf('apps/server/src/cli/main.ts')).toEqual([
    '@adraffy/ens-normalize',
    '@hono/node-server',
    '@hono/zod-openapi',
    '@noble/hashes/sha3.js',
    'hono/accepts',
    'hono/http-exception',
    'hono/method-not-allowed',
    'hono/request-id',
    'hono/route',
    'hono/secure-headers',
    'hono/utils/url',
    'ipaddr.js',
    'lru-cache',
    'ox/Hash',
    'ox/Hex',
    'p-queue',
    'pino',
    'zod',
  ]);
});

test('a start of an agent in a program of its own', async () => {
  const loaded = await packagesOf('packages/agent/src/index.ts');
  const late = /^(?:age-encryption|modern-tar|viem|yaml|@xmtp\/node-\w+)(?:\/|$)/u;
  expect(loaded.filter((name) => late.test(name))).toEqual([]);
});
