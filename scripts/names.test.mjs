// The law of names: a file is called after what it exports, and constants are written as everything else is.
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Names that say what kind of file it is, for what has no name of its own: types, errors, schemas, options, entries. */
const kinds =
  /^(?:types|errors|schemas?|options|constants|index|main|cli|register|vitest|vitest-pool)$|-(?:types|options|errors?|texts|schemas?)$/u;

/** Small vocabularies: several functions about the one thing that the file is called after. */
const vocabularies = new Set([
  'apps/cli/src/commands/context.ts',
  'apps/cli/src/servers/answers.ts',
  'apps/cli/src/servers/find-servers.ts',
  'apps/cli/src/team/run-state.ts',
  'apps/cli/src/team/team-folder.ts',
  'apps/page/src/api/open-session.ts',
  'apps/page/src/api/session.ts',
  'apps/page/src/api/team.ts',
  'apps/page/src/ui/format.ts',
  'apps/page/src/ui/notices.tsx',
  'apps/page/src/use-route.ts',
  'apps/page/src/views/use-ignored.ts',
  'apps/server/src/http/guards.ts',
  'apps/server/src/http/problem.ts',
  'apps/server/src/delivery/rest-ap-news.ts',
  'apps/server/src/config/variables.ts',
  'benchmarks/src/peers/sdk-client.ts',
  'benchmarks/src/report/format.ts',
  'packages/allowlist/src/edit-document.ts',
  'packages/allowlist/src/edit-text.ts',
  'packages/allowlist/src/rows.ts',
  'packages/agent/src/delivery/loop-signs.ts',
  'packages/agent/src/home/wallet-record.ts',
  'packages/devnet/src/identity/member.ts',
  'packages/devnet/src/services/read-payloads.ts',
  'packages/devnet/src/store/paging.ts',
  'packages/ens-resolver/src/cli/format-result.ts',
  'packages/ens-resolver/src/onchain/gateway-guard.ts',
  'packages/ens-resolver/src/show-resolution.ts',
  'packages/errors/src/clock.ts',
  'packages/errors/src/files/drafts.ts',
  'packages/errors/src/name/list-name.ts',
  'packages/inbound-guard/src/boundary/headers.ts',
  'packages/inbound-guard/src/boundary/identifiers.ts',
  'packages/inbound-guard/src/findings/look-alikes.ts',
  'packages/inbound-guard/src/findings/marker-spoof.ts',
  'packages/inbound-guard/src/outbound/private-keys.ts',
  'packages/inbound-guard/src/text/candidates.ts',
  'packages/inbound-guard/src/text/hidden-run.ts',
  'packages/inbound-guard/src/text/model-tokens.ts',
  'packages/inbound-guard/src/text/stuffing.ts',
  'packages/inbound-guard/src/text/token-words.ts',
  'packages/ows-signer/src/xmtp-signature-text.ts',
  'packages/xmtp-core/src/governor/budget.ts',
  'packages/xmtp-core/src/governor/limits.ts',
  'packages/xmtp-core/src/grpc/envelope-wire.ts',
  'packages/xmtp-core/src/grpc/wire.ts',
  'packages/xmtp-core/src/groups/group-permissions.ts',
  'packages/xmtp-core/src/home/home-state.ts',
  'packages/xmtp-core/src/inbox/scan-cursor.ts',
  'packages/xmtp-core/src/sdk/group-facts.ts',
  'packages/xmtp-core/src/sdk/plan-group-change.ts',
]);

const sources = globSync(
  ['{packages,apps,examples}/*/src/**/*.{ts,tsx}', '{benchmarks,chaos,conformance}/src/**/*.ts'],
  {
    cwd: root,
  },
)
  .filter((path) => !/\.test\.ts$|\.child\.ts$|\/gen\//u.test(path))
  .map((path) => {
    const text = readFileSync(root + path, 'utf8');
    const exported = [...text.matchAll(/^export (?:async )?(?:function\*?|class|const|let) (\w+)/gmu)];
    return { path, text, exported: exported.map(([, name]) => name) };
  });

test('a file exports what it is called after', () => {
  const strangers = sources
    .filter(({ path, exported }) => {
      const name = basename(path).replace(/\.tsx?$/u, '');
      return exported.length > 0 && !kinds.test(name) && !vocabularies.has(path) && !hasNamesake(name, exported);
    })
    .map(({ path, exported }) => `${path}: ${exported.join(', ')}`);
  expect(strangers).toEqual([]);
});

test('each vocabulary is there, and is more than one function', () => {
  const found = sources.filter(({ path, exported }) => vocabularies.has(path) && exported.length > 1);
  expect(found.map(({ path }) => path).toSorted()).toEqual([...vocabularies].toSorted());
});

test('constants are written in one case', () => {
  const shouting = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/^(?:export )?const ([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\b/gmu)].map(([, name]) => `${path}: ${name}`),
  );
  expect(shouting).toEqual([]);
});

function hasNamesake(name, exported) {
  const wanted = name.replaceAll('-', '');
  return exported.some((each) => each.toLowerCase() === wanted);
}
