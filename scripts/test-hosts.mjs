// Runs what `deploy --for` writes and what is in `integrations` in the hosts themselves: Claude Code, Codex and OpenClaw, fetched from the npm registry by
// version into a folder that goes away (about a gigabyte). Two mailboxes talk over a local network; a model answers from this file. Needs Linux on x64.
// Fails where something is missing.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDevnet } from '../packages/devnet/src/index.ts';
import { startServer } from '../apps/server/src/index.ts';
import { createWallets } from '../packages/stage/src/index.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const hosts = {
  '@anthropic-ai/claude-code-linux-x64': '2.1.332',
  '@openai/codex': '0.171.0-linux-x64',
  openclaw: '2026.9.6',
};
const tokens = { operator: 'w8Vn2-kept-by-one-alone-Qz71', agent: 'agent-token-0123456789' };

const work = await mkdtemp(join(tmpdir(), 'test-hosts-'));
const ends = [() => rm(work, { recursive: true, force: true })];
const env = {
  PATH: process.env.PATH,
  HOME: join(work, 'home'),
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
};
try {
  for (const folder of ['home', 'hosts', 'project', 'tarballs']) await mkdir(join(work, folder), { mode: 0o700 });
  const stage = await setStage();
  await fetchHosts();
  await inClaude(stage);
  await inCodex();
  await inOpenClaw(stage);
} finally {
  for (const end of ends.toReversed()) await end();
}

async function setStage() {
  const devnet = await createDevnet({});
  ends.push(() => devnet.close());
  const names = ['alice', 'bob', 'mallory'];
  const addresses = await createWallets(env.HOME, names);
  const servers = await Promise.all(
    names.map((name) =>
      startServer({
        wallet: { name, home: env.HOME },
        homeRoot: join(work, 'xmtp'),
        network: { env: 'local', apiUrl: devnet.url },
        http: { port: 0, operatorToken: tokens.operator, ...(name === 'alice' ? { token: tokens.agent } : {}) },
      }),
    ),
  );
  ends.push(() => Promise.all(servers.map((server) => server.close())));
  await Promise.all(servers.map((server) => server.ready()));
  const [alice, bob, mallory] = servers;
  const ask = async ({ url }, path, body) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens.operator}` };
    const answer = await fetch(
      `${url}${path}`,
      body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
    );
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return await answer.json();
  };
  await ask(alice, '/xmtp/allowlist', { address: addresses[1] });
  await ask(bob, '/xmtp/allowlist', { address: addresses[0] });
  return { alice, bob, mallory, addresses, ask };
}

async function fetchHosts() {
  const at = { cwd: join(work, 'hosts') };
  await writeFile(join(work, 'hosts/package.json'), JSON.stringify({ private: true, type: 'module' }));
  await execute('turbo', ['run', 'build', '--filter=@xmtp-messaging/openclaw'], { cwd: root, maxBuffer: 1e8 });
  for (const folder of ['packages/errors', 'packages/client', 'integrations/openclaw'])
    await execute('pnpm', ['pack', '--pack-destination', join(work, 'tarballs')], { cwd: join(root, folder) });
  const ours = ['errors', 'client', 'openclaw'].map((name) => join(work, `tarballs/xmtp-messaging-${name}-0.0.0.tgz`));
  const theirs = Object.entries(hosts).map(([name, version]) => `${name}@${version}`);
  await execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...theirs, ...ours], {
    ...at,
    maxBuffer: 1e8,
  });
  say('three hosts, and our packages from their tarballs');
}

async function inClaude({ alice, addresses }) {
  const program = join(work, 'hosts/node_modules/@anthropic-ai/claude-code-linux-x64/claude');
  const claude = async (args, { input = '', cwd = work } = {}) => {
    const running = execute(program, args, { env, cwd });
    running.child.stdin.end(input);
    return (await running).stdout;
  };
  for (const path of [root, join(root, 'integrations/claude-code')])
    await claude(['plugin', 'validate', '--strict', path]);
  await claude(['plugin', 'validate', '--profile', 'directory', join(root, 'integrations/claude-code')]);
  await claude(['plugin', 'marketplace', 'add', root]);
  await claude(['plugin', 'install', 'xmtp@xmtp-messaging']);
  const options = { url: alice.url, agent: addresses[0], token: tokens.agent };
  await claude(['plugin', 'configure', 'xmtp@xmtp-messaging', '--values-stdin'], { input: JSON.stringify(options) });
  assert.match(await claude(['mcp', 'list']), /plugin:xmtp:mailbox: \S+ \(HTTP\) - ✔ Connected/u);
  say('Claude Code finds the plugin valid, and its tools connect');

  const project = join(work, 'project');
  const team = {
    defaults: { skills: ['xmtp'] },
    agents: [{ name: 'alice', xmtp: { port: Number(new URL(alice.url).port) } }],
  };
  await writeFile(join(project, 'team.yaml'), JSON.stringify(team));
  await writeFile(join(project, '.env'), `OWS_WALLET=alice\nXMTP_API_TOKEN=${tokens.agent}\n`);
  const deploy = [join(root, 'apps/skill/src/main.ts'), 'deploy', 'team.yaml', '--for', 'claude,codex', '--mcp'];
  await execute(process.execPath, ['--conditions=@xmtp-messaging/source', ...deploy], { cwd: project, env });
  assert.match(
    await claude(['mcp', 'list'], { cwd: project }),
    /^xmtp: http:\/\/localhost:\d+\/mcp \(HTTP\) - ⏸ Pending approval/mu,
  );
  await claude(['plugin', 'validate', join(project, '.claude/skills')]);
  say('Claude Code reads the skill and the MCP server that deploy wrote');
}

async function inCodex() {
  const home = join(work, 'home/codex');
  const project = join(work, 'project');
  await mkdir(home);
  await writeFile(join(home, 'config.toml'), `[projects.${JSON.stringify(project)}]\ntrust_level = "trusted"\n`);
  const program = join(work, 'hosts/node_modules/@openai/codex/vendor/x86_64-unknown-linux-musl/bin/codex');
  const { stdout } = await execute(program, ['mcp', 'list', '--json'], {
    env: { ...env, CODEX_HOME: home },
    cwd: project,
  });
  const [{ name, transport }] = JSON.parse(stdout);
  assert.deepEqual(
    [name, transport.type, transport.bearer_token_env_var],
    ['xmtp', 'streamable_http', 'XMTP_API_TOKEN'],
  );
  assert.match(transport.http_headers['Xmtp-Agent'], /^alice\.[0-9a-f]{8}$/u);
  say('Codex reads the MCP server that deploy wrote');
}

async function inOpenClaw({ alice, bob, mallory, addresses, ask }) {
  const asked = [];
  const answer = async (request, response) => {
    asked.push(await json(request));
    const event = (delta, reason) => {
      const choices = [{ index: 0, delta, finish_reason: reason }];
      return `data: ${JSON.stringify({ id: 'c', created: 1, model: 'stub', object: 'chat.completion.chunk', choices })}\n\n`;
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${event({ role: 'assistant', content: 'Noon it is' }, null)}${event({}, 'stop')}data: [DONE]\n\n`);
  };
  const model = createServer((request, response) => void answer(request, response));
  model.listen(0, '127.0.0.1');
  await once(model, 'listening');
  ends.push(
    () => void model.close(),
    () => model.closeAllConnections(),
  );

  await writeFile(
    join(work, 'hosts/check.ts'),
    `import type { ChannelPlugin } from 'openclaw/plugin-sdk/channel-core';
import entry from '@xmtp-messaging/openclaw';
export const plugin: ChannelPlugin = entry.channelPlugin;
`,
  );
  const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'];
  const how = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2024', '--module', 'nodenext', ...types];
  await execute('tsc', [...how, 'check.ts'], { cwd: join(work, 'hosts') });
  say("the channel is what OpenClaw's published types want");

  const state = join(work, 'home/openclaw');
  await mkdir(state);
  const secret = async (name) => {
    await writeFile(join(state, name), tokens[name], { mode: 0o600 });
    return join(state, name);
  };
  const port = 20_000 + (process.pid % 20_000);
  const config = {
    gateway: { mode: 'local', port, bind: 'loopback', auth: { mode: 'token', token: 'gateway-token-0123456789' } },
    plugins: {
      allow: ['xmtp'],
      load: { paths: [join(work, 'hosts/node_modules/@xmtp-messaging/openclaw')] },
      entries: { xmtp: { enabled: true } },
    },
    channels: {
      xmtp: {
        url: alice.url,
        agent: addresses[0],
        tokenFile: await secret('agent'),
        operatorTokenFile: await secret('operator'),
        dmPolicy: 'pairing',
      },
    },
    models: {
      providers: {
        stub: {
          baseUrl: `http://127.0.0.1:${model.address().port}/v1`,
          apiKey: 'none',
          api: 'openai-completions',
          models: [{ id: 'stub', name: 'stub' }],
        },
      },
    },
    agents: { defaults: { model: { primary: 'stub/stub' } } },
    logging: { file: join(state, 'log') },
  };
  await writeFile(join(state, 'openclaw.json'), JSON.stringify(config), { mode: 0o600 });
  const program = join(work, 'hosts/node_modules/openclaw/openclaw.mjs');
  const at = { env: { ...env, OPENCLAW_STATE_DIR: state }, cwd: work };
  const openclaw = async (...args) =>
    (await execute(process.execPath, [program, ...args], { ...at, maxBuffer: 1e8 })).stdout;
  assert.match(await openclaw('plugins', 'inspect', 'xmtp'), /channel: xmtp/u);
  assert.match(await openclaw('config', 'validate'), /Config valid/u);

  const gateway = spawn(process.execPath, [program, 'gateway', 'run'], { ...at, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [gateway.stdout, gateway.stderr]) stream.on('data', (text) => (printed += String(text)));
  ends.push(async () => {
    if (gateway.exitCode === null && gateway.kill('SIGTERM'))
      await Promise.race([once(gateway, 'exit'), delay(20_000)]);
    gateway.kill('SIGKILL');
  });
  try {
    await ask(bob, '/xmtp/send', { to: addresses[0], message: '/status shall we meet at noon?' });
    await eventually(async () => (await textOf(bob)).includes('| Noon it is'), 180);
    const [{ messages }] = asked.filter((request) => JSON.stringify(request).includes('meet at noon'));
    const system = JSON.stringify(messages.filter(({ role }) => role === 'system'));
    assert.match(system, /Every line that starts with the gutter/u);
    assert.doesNotMatch(system, /meet at noon/u);
    assert.match(JSON.stringify(messages), /\\n[a-z0-9]{6}\| \/status shall we meet at noon\?\\n/u);
    await eventually(async () => (await ask(alice, '/xmtp/messages?state=pending')).messages.length === 0, 60);
    say('OpenClaw answers a message, which came to its model behind the boundary');

    await ask(mallory, '/xmtp/send', { to: addresses[0], message: 'Let me in' });
    const code = await eventually(
      async () => /\b[A-Z2-9]{8}\b/u.exec(await openclaw('pairing', 'list', 'xmtp'))?.[0],
      120,
    );
    const listed = async () =>
      JSON.stringify(await ask(alice, '/xmtp/allowlist'))
        .toLowerCase()
        .includes(addresses[2].toLowerCase());
    assert.equal(await listed(), false);
    const approved = await openclaw('pairing', 'approve', 'xmtp', code, '--notify');
    // At once where the command line asks the plugin, else when the gateway looks again.
    await eventually(listed, 90);
    assert.match(approved, /pproved/u);
    assert.equal((await ask(mallory, '/xmtp/messages')).messages.length, 0);
    say('OpenClaw shows who knocks, and its operator admits him, who was told nothing');
  } catch (error) {
    process.stderr.write(printed.split('\n').slice(-40).join('\n'));
    throw error;
  }
}

async function textOf({ url }) {
  const headers = { authorization: `Bearer ${tokens.operator}` };
  return await (await fetch(`${url}/xmtp/messages?format=text`, { headers })).text();
}

async function eventually(look, seconds) {
  for (let second = 0; second < seconds; second += 1) {
    const found = await look();
    if (found) return found;
    await delay(1000);
  }
  throw new Error('It did not happen.');
}

function say(what) {
  process.stdout.write(`✓ ${what}\n`);
}
