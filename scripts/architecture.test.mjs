// The arrows of the house, read from the manifests: who may depend on whom at run time.
import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const scope = '@xmtp-messaging/';

const manifests = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(`${root}${parent}`).map((name) => {
    const manifest = JSON.parse(readFileSync(`${root}${parent}/${name}/package.json`, 'utf8'));
    const siblings = Object.keys(manifest.dependencies ?? {}).filter((dependency) => dependency.startsWith(scope));
    return { parent, name, manifest, siblings: siblings.map((sibling) => sibling.slice(scope.length)) };
  }),
);
const published = manifests.filter(({ manifest }) => manifest.private !== true);

test('packages/agent composes the five, and is the only package that knows siblings', () => {
  const { siblings } = manifests.find(({ name }) => name === 'agent');
  const composed = ['allowlist', 'ens-resolver', 'inbound-guard', 'ows-signer', 'xmtp-core'];
  expect(siblings.toSorted()).toEqual([...composed, 'errors'].toSorted());
});

test.each(published.filter(({ parent, name }) => parent === 'packages' && name !== 'agent'))(
  '$name needs no sibling but errors',
  ({ siblings }) => {
    expect(siblings.filter((sibling) => sibling !== 'errors')).toEqual([]);
  },
);

test.each(published)('$name does not ship the local network or test helpers', ({ siblings }) => {
  expect(siblings).not.toContain('devnet');
  expect(siblings).not.toContain('testing');
  expect(siblings).not.toContain('stage');
});

test('apps/skill needs the team file and the prompt, not the mailbox', () => {
  const { siblings } = manifests.find(({ name }) => name === 'skill');
  expect(siblings.toSorted()).toEqual(['errors', 'inbound-guard', 'team-config']);
});

test('the page knows the typed client, and nothing else of ours', () => {
  const files = readdirSync(`${root}apps/page/src`, { recursive: true, encoding: 'utf8' });
  const known = files
    .filter((file) => /\.tsx?$/u.test(file))
    .flatMap((file) => [...readFileSync(`${root}apps/page/src/${file}`, 'utf8').matchAll(/from '([^'.][^']*)'/gu)])
    .map(([, name]) => name);
  const expected = [`${scope}client`, 'preact', 'preact/hooks', 'uqr', 'vitest'];
  expect([...new Set(known)].toSorted((a, b) => a.localeCompare(b))).toEqual(expected);
});

// What would make markup or code of a text, or take a stranger's words for an address, is not used at all.
test('the page makes text nodes and nothing else of words', () => {
  const files = readdirSync(`${root}apps/page/src`, { recursive: true, encoding: 'utf8' });
  const making =
    /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc/u;
  const found = files.filter(
    (file) => /\.tsx?$/u.test(file) && making.test(readFileSync(`${root}apps/page/src/${file}`, 'utf8')),
  );
  expect(found).toEqual([]);
});

test.each(published)('$name publishes what it builds and hides its sources', ({ manifest }) => {
  expect(manifest.files).toEqual(['dist']);
  expect(JSON.stringify(manifest.publishConfig.exports)).not.toContain('./src/');
  expect(Object.keys(manifest.exports)).toEqual(Object.keys(manifest.publishConfig.exports));
});

// One place touches what the SDK hides: a new version of it is looked into there, and nowhere else.
const native =
  /\.(?:listMessages|publishStoredMessage|publishMessages|prepareMessage|send(?:Text|Markdown|Reply)|listMembers|addMembers|groupMetadata|dmPeerInboxId|debugInfo|hmacKeys|isActive|(?:updateC|c)onsentState|duplicateDms|createDmByIdentity|releaseDbConnection|apiStatistics)\(/u;

test('only its sdk folder lets xmtp-core touch the SDK', () => {
  const folder = 'packages/xmtp-core/src';
  const touching = readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^sdk[/\\]/u.test(file))
    .filter((file) => {
      const text = readFileSync(`${root}${folder}/${file}`, 'utf8');
      return /from '@xmtp\/|import\('@xmtp\/|\/native-types\.ts'|\/load-sdk\.ts'/u.test(text) || native.test(text);
    });
  expect(touching).toEqual([]);
});

// Oxlint forbids `Date.now`; this is what its rules cannot say.
test('nothing but the shared clock reads the wall clock', () => {
  const readers = manifests.flatMap(({ parent, name }) =>
    sourcesOf(`${parent}/${name}`).filter((path) =>
      /\bnew Date\(\s*\)|\bDate\(\s*\)|\bTemporal\.Now\b/u.test(readFileSync(`${root}${path}`, 'utf8')),
    ),
  );
  expect(readers).toEqual([]);
});

// Chance is a parameter, `random`, as the clock is: `Math.random` is named as its default and called by nobody.
test('chance comes in as a parameter', () => {
  const callers = manifests
    .flatMap(({ parent, name }) => sourcesOf(`${parent}/${name}`))
    // The page has one place that pauses with jitter, and no caller to give it anything.
    .filter((path) => path !== 'apps/page/src/live/use-live.ts')
    .filter((path) => /\bMath\.random\(\)/u.test(readFileSync(`${root}${path}`, 'utf8')));
  expect(callers).toEqual([]);
});

// A timer of Node is not moved by the wall clock, but whoever sets one must bound it, end it, and not keep the process.
const timers = {
  'packages/agent/src/runtime/create-call-gate.ts': 'how long closing waits for calls under way; ended with them',
  'packages/allowlist/src/with-file-lock.ts': 'waits for another process, with a limit and jitter',
  'packages/allowlist/src/watch-file.ts': 'looks for changes that the system does not report, until it is closed',
  'packages/allowlist/src/create-drift-monitor.ts': 'looks at names now and then, until its signal ends',
  'packages/devnet/src/chat/run-chat.ts': 'waits for answers after a pipe has ended, with the limit of its user',
  'packages/devnet/src/client/hear.ts': 'pauses between streams, with jitter, until its signal',
  'packages/devnet/src/echo/start-echo.ts': 'the limit of joining the network, and of leaving it',
  'packages/devnet/src/services/follow-topics.ts': 'a sign of life, and what a lagging node shows later',
  'packages/devnet/src/transport/create-grpc-server.ts': 'cuts off streams that outlive a graceful stop',
  'packages/devnet/src/faults/watch-cutover.ts':
    'looks whether the cutover has come, until it has or the network closes',
  'packages/devnet/src/state/keep-state.ts': 'writes the state file now and then, until the network closes',
  'packages/devnet/src/toxiproxy/pipe-toxics.ts': 'a fault that tests ask for: slow bytes, or a close after silence',
  'packages/devnet/src/transport/serve-grpc.ts': 'the deadline that a client sets for its call',
  'packages/devnet/src/transport/process-time.ts': 'a fault that tests ask for: a slow answer, or a slow event',
  'packages/ens-resolver/src/cache/create-in-flight.ts': 'the limit of a look-up that others share',
  'packages/ens-resolver/src/process-time.ts':
    'waits for a turn or the next try, within the patience of the caller or the deadline of the batch',
  'packages/errors/src/process/run-program.ts': 'the limit of a child process',
  'packages/stage/src/start-agent.ts': 'polls until a server is ready, with a limit',
  'packages/stage/src/start-server-process.ts': 'the limit of a child process',
  'packages/testing/src/wait-for.ts': 'polls for an effect, with a limit',
  'packages/xmtp-core/src/util/pause.ts': 'the pause that the mailbox uses',
  'packages/xmtp-core/src/inbox/deliver-messages.ts': 'sleeps until the next attempt, at most five seconds',
  'packages/xmtp-core/src/util/within.ts': 'the limit that the mailbox uses',
  'packages/xmtp-core/src/journal/open-journal.ts': 'gathers commits for a moment',
  'packages/xmtp-core/src/governor/create-turns.ts': 'wakes the queue when the next turn is due, by the elapsed clock',
  'packages/xmtp-core/src/outbox/create-lane.ts': 'tells of results soon, not at once',
  'packages/xmtp-core/src/outbox/store-batch.ts': 'pauses between a few tries, with jitter',
  'packages/xmtp-core/src/bell/create-bell.ts': 'connects again, with jitter, until it is stopped',
  'packages/xmtp-core/src/bell/connect-bell.ts': 'pings the connection while it is up',
  'apps/page/src/api/pause.ts': 'the pause that the page uses, until its signal',
  'apps/server/src/http/create-change-stream.ts': 'looks for changes while somebody listens',
  'apps/cli/src/servers/create-page-waiter.ts':
    'pauses before a server that is away is asked again, with jitter, until its signal',
  'apps/cli/src/team/detach-team.ts': 'looks at a team that starts, with a limit',
  'apps/cli/src/team/run-team.ts': 'asks its servers how they are, until its signal',
  'apps/cli/src/team/stop-team.ts': 'looks at a team that stops, with a limit',
  'apps/cli/src/team/supervise-server.ts': 'pauses between starts, with jitter, and the limit of a stop',
  'packages/agent/src/outbound/send-reply.ts': 'pauses between a few tries, with jitter',
  'apps/server/src/delivery/create-rest-ap-channel.ts': 'polls for an answer, within the limit of the answer',
  'packages/agent/src/open-agent.ts': 'the limit of opening',
  'packages/agent/src/runtime/create-agent-runtime.ts': 'pauses between tries to open, until it is closed',
  'apps/server/src/http/create-event-stream.ts': 'cuts off a listener that takes nothing',
  'apps/server/src/http/while-admitted.ts': 'looks whose token a quiet stream was opened with, until the stream ends',
  'apps/server/src/waking/create-knock-news.ts':
    'gathers, tells at most so often and tries again with jitter, until it is stopped',
  'apps/server/src/waking/start-signal-file.ts': 'looks whether mail was taken, while there is some',
  'apps/server/src/mcp/create-mail-news.ts': 'pauses before it looks again, with jitter, while somebody listens',
  'apps/server/src/http/listen.ts': 'the limit of a graceful stop',
  'apps/server/src/shared/create-start-turns.ts': 'the limit of a turn',
  'apps/server/src/shared/run-agent.ts': 'pauses between starts, with jitter, and the limit of a stop',
  'apps/server/src/http/wait-for-message.ts': 'the limit of a long poll',
};

test('a timer is set where its reason is known', () => {
  const setters = manifests
    .flatMap(({ parent, name }) => sourcesOf(`${parent}/${name}`))
    .filter((path) =>
      /(?<![.\w])set(?:Timeout|Interval)\(|setTimeout\b.* from 'node:timers/u.test(
        readFileSync(`${root}${path}`, 'utf8'),
      ),
    );
  // Another place: use one of the helpers (pause, within, waitFor, AbortSignal.timeout), or add the file with its reason.
  expect(setters.filter((path) => !Object.hasOwn(timers, path))).toEqual([]);
});

test('no package reaches into an app, tests included', () => {
  const reaching = readdirSync(`${root}packages`).flatMap((name) =>
    ['src', 'test']
      .filter((folder) => existsSync(`${root}packages/${name}/${folder}`))
      .flatMap((folder) =>
        readdirSync(`${root}packages/${name}/${folder}`, { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.ts'))
          .map((file) => `packages/${name}/${folder}/${file}`),
      )
      .filter((path) => /from '[^']*\/apps\//u.test(readFileSync(`${root}${path}`, 'utf8'))),
  );
  expect(reaching).toEqual([]);
});

function sourcesOf(folder) {
  return readdirSync(`${root}${folder}/src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/u.test(file) && !file.endsWith('.test.ts') && !file.startsWith('gen/'))
    .map((file) => `${folder}/src/${file}`);
}

// Whoever runs the end-to-end tests chooses the network (XMTP_TEST_PROTOCOL), and every one of them follows.
test('no end-to-end test decides alone which network it is on', () => {
  // They are about a network of their own: one moves from the one to the other, one counts the calls of each.
  const own = [
    'apps/server/test/move-to-gateway.e2e.test.ts',
    'packages/xmtp-core/test/gateway.e2e.test.ts',
    'packages/xmtp-core/test/identity-budget.e2e.test.ts',
  ];
  const files = globSync('{{apps,packages,examples}/*,chaos,conformance}/test/**/*.ts', { cwd: root })
    .filter((file) => !/node_modules|^packages\/devnet\//u.test(file))
    .map((file) => ({ file, text: readFileSync(root + file, 'utf8') }));
  const starts = files.filter(({ text }) => /(?:createDevnet|startDevnetProcess)\(/u.test(text));
  expect(starts.length).toBeGreaterThan(10);
  const fixed = [
    ...starts.filter(({ text }) => !text.includes('testProtocol')),
    ...files.filter(({ text }) => /\bprotocol: '|env: 'local', apiUrl/u.test(text)),
  ];
  expect(new Set(fixed.map(({ file }) => file))).toEqual(new Set(own));
});
