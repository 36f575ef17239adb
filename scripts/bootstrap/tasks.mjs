const source = ['node', '--conditions=@xmtp-messaging/source', '--disable-warning=ExperimentalWarning'];

/** Of programs that may load XMTP's binding without asking for it themselves. */
const client = [...source, '--import', '{root}/packages/glibc-compat/src/register.ts'];

/** `where`: the folder it runs in, the user's for programs that take paths. `page`: it serves the page, which is built before. */
const tasks = {
  demo: {
    about: 'three agents over a local network; --once checks each step and ends',
    command: [...source, '{root}/examples/two-agents/src/main.ts'],
    where: 'root',
  },
  test: { about: 'all tests; takes file filters', command: ['vitest', 'run'], where: 'root' },
  'test:d14n': {
    about: 'the end-to-end tests on the decentralised network; takes file filters',
    command: ['node', '{root}/scripts/test-d14n.mjs'],
    where: 'root',
  },
  'test:shared': {
    about: 'the end-to-end tests of the server with several agents in a process; takes file filters',
    command: ['node', '{root}/scripts/test-shared.mjs'],
    where: 'root',
  },
  'page:full': {
    about: 'the browser tests of the page, with all of their messages and sizes',
    command: ['node', '{root}/scripts/test-page.mjs'],
    where: 'root',
  },
  check: {
    about: 'format, lint, types, dependencies and packages',
    command: ['node', '{root}/scripts/check.mjs'],
    where: 'root',
  },
  build: {
    about: 'JavaScript and declarations of every package',
    command: ['turbo', 'run', 'build', '--output-logs=errors-only'],
    where: 'root',
  },
  'new-package': {
    about: 'a new package that keeps the laws; --help',
    command: ['node', '{root}/scripts/new-package/main.mjs'],
    where: 'root',
  },
  smoke: {
    about: 'every package from its tarball in empty projects; after a build',
    command: ['node', '{root}/scripts/smoke/main.mjs'],
    where: 'root',
  },
  shown: {
    about: 'the commands that READMEs and pages show, run over a local network; takes documents',
    command: [...client, '{root}/scripts/shown/main.mjs'],
    where: 'root',
  },
  coverage: {
    about: 'all tests, with what they reach: a floor for each package',
    command: ['vitest', 'run', '--config', 'coverage.config.ts'],
    where: 'root',
  },
  mutation: {
    about: 'changes admission, allowlist and journal, and tells what no test notices',
    command: ['node', '{root}/scripts/mutation/main.mjs'],
    where: 'root',
  },
  'release:rehearse': {
    about: 'the next release in a copy: versions, notes, what npm would get; after a build',
    command: ['node', '{root}/scripts/rehearse-release.mjs'],
    where: 'root',
  },
  image: {
    about: 'gathers in a new folder what the container image holds; build before',
    command: ['node', '{root}/scripts/gather-image.mjs'],
    where: 'user',
  },
  'test:deploy': {
    about: 'asks Helm, systemd and Compose about what is rendered for them; --engine runs it in Docker',
    command: [...client, '{root}/scripts/test-deploy.mjs'],
    where: 'root',
  },
  'test:mcp': {
    about: "asks MCP's own tools about a server: Inspector and conformance suite",
    command: [...client, '{root}/scripts/test-mcp.mjs'],
    where: 'root',
  },
  'test:hosts': {
    about: 'runs the skill and the plugins in Claude Code, Codex and OpenClaw, which it fetches',
    command: [...client, '{root}/scripts/test-hosts.mjs'],
    where: 'root',
  },
  format: { about: 'rewrites the sources in the house format', command: ['oxfmt', '.'], where: 'root' },
  devnet: { about: 'a local XMTP network', command: [...client, '{root}/packages/devnet/src/cli.ts'], where: 'user' },
  server: {
    about: 'the HTTP front end of one agent',
    command: [...source, '{root}/apps/server/src/main.ts'],
    where: 'user',
    page: true,
  },
  skill: {
    about: "deploys the xmtp skill to a team's agents",
    command: [...source, '{root}/apps/skill/src/main.ts'],
    where: 'user',
  },
  cli: {
    about: 'a team of agents: up, status, send, wait, doctor, and more',
    command: [...source, '{root}/apps/cli/src/main.ts'],
    where: 'user',
    page: true,
  },
  live: {
    about: 'tries a real XMTP network from here; --network dev',
    command: [...source, '{root}/apps/cli/src/main.ts', 'check'],
    where: 'user',
  },
  resolve: {
    about: 'names to addresses',
    command: [...source, '{root}/packages/ens-resolver/src/cli.ts'],
    where: 'user',
  },
  chaos: {
    about: 'kills processes and breaks the network, counts messages',
    command: [...source, '{root}/chaos/src/main.ts'],
    where: 'root',
  },
  flood: {
    about: 'a thousand large messages of a stranger, and what a home keeps',
    command: [...source, '{root}/chaos/src/flood.ts'],
    where: 'root',
  },
  conformance: {
    about: "XMTP's own clients over the local network, scenario by scenario",
    command: [...source, '{root}/conformance/src/main.ts'],
    where: 'root',
  },
  scale: {
    about: 'fleets of idle agents: memory, start, rates, calls; --agents 1,10,100',
    command: [...source, '{root}/benchmarks/src/scale/main.ts'],
    where: 'root',
  },
  nightly: {
    about: "XMTP's newest nightly build here: what breaks, and what is new",
    command: [...source, '{root}/conformance/src/nightly/main.ts'],
    where: 'root',
  },
  bench: {
    about: 'this project beside the bare SDK',
    command: [...source, '{root}/benchmarks/src/main.ts'],
    where: 'root',
  },
};

/** The command of a task with the user's arguments behind it; `null` when there is no such task. */
export function planTask(name, args) {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : null;
  return task === null ? null : { ...task, command: [...task.command, ...args] };
}

/** Builds the operator's page where something of it has changed. */
export const buildPage = { command: ['node', '{root}/apps/page/build.ts'], where: 'root' };

/** A line for each task. */
export function describeTasks() {
  const lines = Object.entries(tasks).map(([name, { about }]) => `  npm run ${name.padEnd(16)} ${about}`);
  return ['Usage: npm run TASK [-- ARGUMENTS]', '', ...lines, ''].join('\n');
}
