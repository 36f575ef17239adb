// Outside a project that has it installed, npx asks the registry. Our programs are published under the scope alone: a bare name belongs
// to whoever takes it, and would run in the shell that holds the wallet.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const runner =
  /(?<![\w-])(?:npx|pnpx|bunx|(?:pnpm|yarn) dlx|npm exec)((?: +(?:-p|--package)[ =]\S+| +-{1,2}[\w-]+)*)(?: +--)? +([@\w][^\s`"'(),;]*)/gu;

/** Names that a line has a package runner fetch, and that are no scoped ones. */
export function unscoped(line) {
  return [...line.matchAll(runner)].flatMap(([, options, name]) => {
    const packages = [...options.matchAll(/(?:-p|--package)[ =](\S+)/gu)].map(([, each]) => each);
    const fetched = packages.length > 0 ? packages : [name];
    return fetched.filter((each) => !each.startsWith('@'));
  });
}

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(?:md|ts|mjs|ya?ml|json|sh|html)$/u.test(path) && path !== 'pnpm-lock.yaml');
// What was measured once is told as it was.
const lines = tracked
  .filter((path) => !path.startsWith('docs/decisions/') && !path.includes('scoped-names'))
  .flatMap((path) =>
    readFileSync(`${root}${path}`, 'utf8')
      .split('\n')
      .map((line, index) => ({ at: `${path}:${index + 1}`, line })),
  );

test.each([
  ['npx xmtp-devnet', ['xmtp-devnet']],
  ['OWS_WALLET=a npx -y xmtp-messaging-server', ['xmtp-messaging-server']],
  ['$(npx xmtp-glibc-compat)', ['xmtp-glibc-compat']],
  ['pnpm dlx cli up', ['cli']],
  ['npx -p server xmtp-messaging-server', ['server']],
  ['npx @xmtp-messaging/cli up', []],
  ['npx -y -p @xmtp-messaging/server xmtp-messaging-server', []],
  ['npx-equivalent', []],
])('%s', (line, names) => {
  expect(unscoped(line)).toEqual(names);
});

test('no document and no program prints a package name that is not scoped', () => {
  expect(lines.filter(({ line }) => unscoped(line).length > 0)).toEqual([]);
});

test('each program of ours that is run by its scoped name is the only one of its package', () => {
  const bins = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(`${root}${parent}`).map((name) => {
      const { name: scoped, bin = {} } = JSON.parse(readFileSync(`${root}${parent}/${name}/package.json`, 'utf8'));
      return [scoped, Object.keys(bin).length];
    }),
  );
  const named = lines.flatMap(({ at, line }) =>
    [...line.matchAll(/npx (?:-\w )?(@xmtp-messaging\/[\w-]+)/gu)].map(([, name]) => ({ at, name })),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ name }) => new Map(bins).get(name) !== 1)).toEqual([]);
});
