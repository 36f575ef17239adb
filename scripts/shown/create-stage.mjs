// A machine of a reader: an empty home, a network of its own with somebody on it who answers, and the programs of this checkout on the PATH.
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWallets, findFreePort } from '../../packages/stage/src/index.ts';
import { installPackages } from './install-packages.mjs';
import { runShell, startShell } from './run-shell.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What goes on until it is told to end, and how it is known to be there. */
const lasting = [
  { form: /@xmtp-messaging\/server\b|npm run server\b/u, isReady: (stage) => stage.isConnected() },
  {
    form: /@xmtp-messaging\/devnet(?! chat)/u,
    isReady: (_stage, printed) => /https?:\/\//u.test(printed) || printed.includes('"ready"'),
  },
  { form: /@xmtp-messaging\/cli up(?!.*--detach)/u, isReady: (stage) => stage.isTeamUp() },
];

/** @param options.names Of the hosts file: all lead to the bot that answers. */
export async function createStage({ network, names }) {
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-shown-'));
  const [home, bin, project] = ['home', 'bin', 'project'].map((name) => join(folder, name));
  for (const each of [home, bin, project]) await mkdir(each, { mode: 0o700 });
  await mkdir(join(project, 'examples'));
  await cp(join(root, 'examples/team'), join(project, 'examples/team'), { recursive: true });
  const flags = '--conditions=@xmtp-messaging/source --disable-warning=ExperimentalWarning';
  for (const name of ['npx', 'npm', 'ows']) {
    const words = `#!/bin/sh\nexec "${process.execPath}" ${flags} "${join(root, 'scripts/shown/programs.mjs')}" ${name} "$@"\n`;
    await writeFile(join(bin, name), words);
    await chmod(join(bin, name), 0o755);
  }
  const hosts = join(folder, 'hosts.yaml');
  await writeFile(hosts, names.map((name) => `${name}: '${network.answering}'\n`).join(''));
  await writeFile(join(home, 'ows.credential'), '\n', { mode: 0o600 });
  await writeFile(join(project, 'lines.txt'), 'hello\n');
  await writeFile(join(project, 'app.js'), '');
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  await installPackages(project);
  const port = await findFreePort(20_000 + Math.floor(Math.random() * 20_000), new Set());
  const env = {
    HOME: home,
    PATH: `${bin}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    XMTP_ENV: 'local',
    XMTP_API_URL: network.url,
    XMTP_HOSTS_FILE: hosts,
    PORT: String(port),
    HISTORY: network.historyUrl,
    SHOWN_DEVNET_PORT: String(await findFreePort(port + 100, new Set())),
  };
  const here = (text) =>
    text
      .replaceAll(/(?<host>localhost|127\.0\.0\.1):4101/gu, `$<host>:${port}`)
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${port + 1}`)
      .replaceAll('listen(8080,', `listen(${port + 1},`);
  const going = [];
  const kept = [];
  const stage = {
    folder,
    project,
    home,
    hosts,
    env,
    here,
    ...network,
    /** A program that others of the document talk to. */
    keep: (program) => void kept.push(program),
    async isConnected() {
      const answer = await fetch(`http://127.0.0.1:${port}/xmtp/status`).catch(() => null);
      return answer?.ok === true && (await answer.json()).connected === true;
    },
    async isTeamUp() {
      const { code } = await runShell('npx @xmtp-messaging/cli status', { cwd: project, env });
      return code === 0;
    },
    /** A wallet that the document takes for granted. */
    async own(wallet) {
      await createWallets(home, [wallet]);
    },
    /** The server of an agent that the document takes for granted, as the demo's. */
    async serve() {
      if (going.length > 0 || (await stage.isConnected())) return;
      const other = join(folder, 'granted');
      const [address] = await createWallets(other, ['granted']);
      const server = startShell('npx @xmtp-messaging/server', {
        cwd: project,
        env: { ...env, HOME: other, OWS_WALLET: 'granted' },
      });
      going.push(server);
      await server.until(() => stage.isConnected());
      // Who answers is heard, and there is something to read.
      const token = await readFile(join(other, '.xmtp', address.toLowerCase(), 'operator.token'), 'utf8');
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` };
      const ask = (path, body) =>
        fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      await ask('/xmtp/allowlist', { address: network.answering });
      await ask('/xmtp/send', { to: network.answering, message: 'how are you?' });
      await fetch(`http://127.0.0.1:${port}/xmtp/messages?wait=30`, { headers });
    },
    /** Runs a command as it stands. @returns what it printed, and how it ended; a program that goes on is ended before the next of its kind */
    async run(command) {
      const kind = lasting.find(({ form }) => form.test(command));
      if (kind === undefined) return await runShell(here(command), { cwd: project, env });
      await stage.rest();
      const program = startShell(here(command), { cwd: project, env });
      going.push(program);
      await program.until(() => kind.isReady(stage, program.printed()));
      return { code: 0, out: program.printed(), err: '' };
    },
    async rest() {
      for (const program of going.splice(0)) await program.end();
    },
    async close() {
      await stage.rest();
      for (const program of kept.splice(0)) await program.end();
      await runShell('test ! -e .agents/up.json || npx @xmtp-messaging/cli down', { cwd: project, env });
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return stage;
}
