// Asks MCP's own tools about a real server over a local network: the Inspector's command line, over HTTP and over stdio, and the scenarios of the conformance
// suite that ask for what every server has. Needs the npm registry; the tools are installed in a folder of their own, without their scripts.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from '../apps/server/src/index.ts';
import { createDevnet } from '../packages/devnet/src/index.ts';
import { createWallets, sourceFlags } from '../packages/stage/src/index.ts';
import { networkAt } from '../packages/testing/src/index.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const specs = ['@modelcontextprotocol/inspector@2.12.0', '@modelcontextprotocol/conformance@0.1.16'];

/** The other scenarios of the suite call tools, resources and prompts by the names that the reference server gives them, or ask for what this server does not offer: log levels, completions, sampling. */
const scenarios = [
  'server-initialize',
  'ping',
  'tools-list',
  'resources-list',
  'prompts-list',
  'server-sse-multiple-streams',
  'dns-rebinding-protection',
  'resources-subscribe',
  'resources-unsubscribe',
];

const work = await mkdtemp(join(tmpdir(), 'test-mcp-'));
const closing = [() => rm(work, { recursive: true, force: true })];
try {
  const tools = await fetchTools();
  const { alice, bob } = await openMailboxes();
  await inspect(tools, alice, bob);
  await conform(tools, alice.url);
  process.stdout.write("MCP's own tools find nothing.\n");
} finally {
  for (const close of closing.toReversed()) await close();
}

async function openMailboxes() {
  const devnet = await createDevnet({});
  closing.push(() => devnet.close());
  const vault = join(work, 'vault');
  const addresses = await createWallets(vault, ['alice', 'bob']);
  const open = async (name, index) => {
    const server = await startServer({
      wallet: { name, home: vault },
      homeRoot: join(work, 'xmtp'),
      network: networkAt(devnet.url),
      http: { port: 0 },
      mode: 'open',
      logLevel: 'silent',
    });
    closing.push(() => server.close());
    await server.ready();
    return { url: server.url, address: addresses[index] };
  };
  const [alice, bob] = await Promise.all(['alice', 'bob'].map(open));
  return { alice, bob };
}

/** Both ways to the tools: a message goes out, is read, answered and found by its resources. */
async function inspect({ inspector }, alice, bob) {
  const stdio = [process.execPath, ...sourceFlags, join(root, 'apps/cli/src/main.ts'), 'mcp', '--url', alice.url];
  const ways = [
    { transport: 'http', target: [`${alice.url}/mcp`, '--transport', 'http'] },
    { transport: 'stdio', target: stdio },
  ];
  for (const { transport, target } of ways) {
    const ask = async (...args) => {
      const env = { PATH: process.env.PATH, HOME: work };
      const { stdout } = await run(process.execPath, [inspector, '--cli', ...target, ...args], {
        env,
        timeout: 60_000,
      });
      return JSON.parse(stdout);
    };
    const call = async (name, args = {}) =>
      await ask(
        '--method',
        'tools/call',
        '--tool-name',
        name,
        ...Object.entries(args).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]),
      );
    const { tools } = await ask('--method', 'tools/list');
    assert.ok(tools.length >= 10 && tools.every(({ outputSchema }) => outputSchema !== undefined));
    const sent = await call('send_message', { to: bob.address, message: `by ${transport}` });
    assert.match(sent.structuredContent.id, /^[0-9a-f]{64}$/u);
    const said = await post(bob, '/xmtp/send', { to: alice.address, message: `back to ${transport}` });
    const heard = await call('wait_for_message', { timeoutSeconds: 30, acknowledge: true });
    assert.deepEqual(
      heard.structuredContent.messages.map(({ id }) => id),
      [said.id],
    );
    await call('reply', { messageId: said.id, message: 'got it' });
    await call('react', { messageId: said.id, reaction: '👍' });
    const uri = `xmtp://conversations/${heard.structuredContent.messages[0].conversationId}`;
    const { resources } = await ask('--method', 'resources/list');
    assert.deepEqual(
      resources.map((resource) => resource.uri),
      ['xmtp://inbox', uri],
    );
    const read = await ask('--method', 'resources/read', '--uri', uri);
    assert.ok(read.contents.some(({ text }) => text.includes(`| back to ${transport}`)));
    assert.equal((await ask('--method', 'resources/templates/list')).resourceTemplates.length, 1);
    assert.match(JSON.stringify(await ask('--method', 'prompts/get', '--prompt-name', 'boundary_rules')), /untrusted/u);
    process.stdout.write(`inspector, ${transport}: sends, waits, answers, reacts, reads\n`);
  }
}

async function post({ url }, path, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.equal(response.status, 200);
  return await response.json();
}

async function conform({ conformance }, url) {
  const proxy = await renameWatched(url);
  for (const scenario of scenarios) {
    // Whether the server tells pages of other origins apart is asked of the server itself.
    const asked = scenario.startsWith('resources-') ? proxy : url;
    const args = [conformance, 'server', '--url', `${asked}/mcp`, '--scenario', scenario];
    const { stdout } = await run(process.execPath, args, { timeout: 60_000, cwd: work });
    assert.doesNotMatch(stdout, /[1-9]\d* failed|✗/u, stdout);
    process.stdout.write(`conformance: ${scenario}\n`);
  }
}

/** The suite subscribes to a resource of the reference server; here it is the inbox. */
async function renameWatched(url) {
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
      const sent =
        request.method === 'POST' ? { body: body.replaceAll('test://watched-resource', 'xmtp://inbox') } : {};
      const answer = await fetch(url + request.url, { method: request.method, headers, ...sent });
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      for await (const chunk of answer.body ?? []) response.write(chunk);
      response.end();
    })().catch(() => response.destroy());
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

async function fetchTools() {
  const folder = join(root, '.bootstrap', 'mcp-tools-1');
  const bins = join(folder, 'node_modules', '@modelcontextprotocol');
  const tools = {
    inspector: join(bins, 'inspector/clients/launcher/build/index.js'),
    conformance: join(bins, 'conformance/dist/index.js'),
  };
  if (Object.values(tools).every((path) => existsSync(path))) return tools;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  process.stdout.write(`fetching ${specs.join(' and ')}\n`);
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...specs], {
    cwd: folder,
    timeout: 300_000,
  });
  return tools;
}
