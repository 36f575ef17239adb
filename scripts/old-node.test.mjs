// A Node that is too old is told so in a sentence. That sentence needs a Node that could link what is imported: one name that it does not have, and
// it ends with a stack trace before the first line of ours runs. `npm run smoke` tries each entry on real old ones.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What Node 22.18 has and Node 18 or 20 has not, of the modules that are imported by name. */
const unknown = {
  'node:crypto': ['hash'],
  'node:fs': ['globSync'],
  'node:fs/promises': ['glob'],
  'node:module': ['enableCompileCache', 'findPackageJSON', 'registerHooks', 'stripTypeScriptTypes'],
  'node:sqlite': ['DatabaseSync', 'StatementSync', 'backup', 'constants'],
  'node:util': ['getCallSites', 'parseEnv', 'styleText'],
  'node:zlib': [
    'createZstdCompress',
    'createZstdDecompress',
    'zstdCompress',
    'zstdCompressSync',
    'zstdDecompress',
    'zstdDecompressSync',
  ],
};
/** Packages of others that an old Node cannot parse. */
const unparsed = ['file-type', 'log-update', 'ora', 'string-width'];
/** Entries that need nothing which an old Node has not. */
const anywhere = new Set([
  '@xmtp-messaging/client',
  '@xmtp-messaging/devnet/inject',
  '@xmtp-messaging/errors',
  '@xmtp-messaging/errors/address',
  '@xmtp-messaging/errors/files',
  '@xmtp-messaging/errors/network',
  '@xmtp-messaging/errors/process',
  '@xmtp-messaging/glibc-compat/register',
  '@xmtp-messaging/openclaw',
  '@xmtp-messaging/ows-signer',
  '@xmtp-messaging/server/environment',
  '@xmtp-messaging/server/log-format',
  '@xmtp-messaging/server/mcp',
  '@xmtp-messaging/team-config',
  '@xmtp-messaging/xmtp-core/content',
]);
const guards = ['errors/src/node-version/index.ts', 'errors/src/runtime/index.ts', 'errors/src/sqlite/index.ts'];

const entries = globSync('{packages,apps,integrations}/*/package.json', { cwd: root })
  .map((path) => ({ folder: dirname(path), facts: JSON.parse(readFileSync(join(root, path), 'utf8')) }))
  .filter(({ facts }) => facts.private !== true)
  .flatMap(({ folder, facts }) => [
    ...Object.entries(facts.exports)
      .filter(([, to]) => typeof to === 'object')
      .map(([name, to]) => ({ entry: facts.name + name.slice(1), path: join(folder, to['@xmtp-messaging/source']) })),
    ...Object.entries(facts.bin ?? {}).map(([name, file]) => ({
      entry: `the command ${name}`,
      path: join(folder, file.replace('./dist/', 'src/').replace(/\.js$/u, '.ts')),
    })),
  ]);
const byName = new Map(entries.map(({ entry, path }) => [entry, path]));

/** What a module imports or exports from others while it is linked, in order: no types, and nothing that is imported later. */
const importsOf = (path) =>
  [
    ...readFileSync(join(root, path), 'utf8').matchAll(
      /^(?:import|export) (?!type\b)(?:(?<names>[^;'"]*?) from )?'(?<from>[^']+)';/gmu,
    ),
  ].map(({ groups: { names = '', from } }) => ({
    names: (/\{(?<list>[^}]*)\}/u.exec(names)?.groups.list ?? '')
      .split(',')
      .map((name) => name.trim().replace(/ as .*/u, ''))
      .filter((name) => name !== '' && !name.startsWith('type ')),
    from: from.startsWith('.') ? join(dirname(path), from) : (byName.get(from) ?? from),
  }));

function linked(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { from } of importsOf(path)) if (from.endsWith('.ts')) linked(from, found);
  return found;
}

test.each(entries)('an old Node can link $entry', ({ path }) => {
  const wrong = [...linked(path)].flatMap((file) =>
    importsOf(file)
      .filter(({ from, names }) => unparsed.includes(from) || names.some((name) => unknown[from]?.includes(name)))
      .map(({ from }) => `${file}: ${from}`),
  );
  expect(wrong).toEqual([]);
});

test.each(entries.filter(({ entry }) => entry.startsWith('@')))(
  '$entry begins with what tells an old Node, or needs nothing new',
  ({ entry, path }) => {
    const isGuard = (file) => guards.some((guard) => file.endsWith(guard));
    const first = importsOf(path)[0]?.from ?? '';
    // The leaf has no entry to ask: what it needs tells by itself.
    const isTold = isGuard(path.startsWith('packages/errors/') ? ([...linked(path)].find(isGuard) ?? '') : first);
    const reaches = [...linked(path)].some(isGuard);
    expect({ entry, isTold, reaches }).toEqual({ entry, isTold: !anywhere.has(entry), reaches: !anywhere.has(entry) });
  },
);

test.each(entries.filter(({ entry }) => !entry.startsWith('@')))(
  '$entry says that a Node is too old',
  ({ entry, path }) => {
    const command = entry.replace('the command ', '');
    expect(readFileSync(join(root, path), 'utf8')).toContain(`oldNodeRefusal('${command}', process.versions.node)`);
    expect([...linked(path)].filter((file) => !file.startsWith('packages/errors/'))).toEqual([path]);
  },
);
