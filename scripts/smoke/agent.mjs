// Packs @xmtp-messaging/agent and what it needs, installs the tarballs into an empty project, and runs the example of its
// README there against a local network. Build first: `turbo run build --filter=@xmtp-messaging/agent...`. Needs the npm registry.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const scope = '@xmtp-messaging/';
const packages = ['errors', 'allowlist', 'ens-resolver', 'inbound-guard', 'ows-signer', 'xmtp-core', 'agent'];
// What the example needs around it.
const around = ['devnet', 'glibc-compat'];

const stage = `
import '@xmtp-messaging/glibc-compat/register';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const { createDevnet } = await import('@xmtp-messaging/devnet');
const { locateOws, parseWalletList } = await import('@xmtp-messaging/ows-signer');
const { openAgent } = await import('@xmtp-messaging/agent');
const ows = locateOws();
for (const name of ['my-agent', 'bob']) execFileSync(ows, ['wallet', 'create', '--name=' + name]);
const wallets = parseWalletList(execFileSync(ows, ['wallet', 'list']).toString());
const addressOf = (wallet) => wallets.find(({ name }) => name === wallet).evmAddress;
writeFileSync('hosts.yaml', \`alice.eth: "\${addressOf('bob')}"\\nbob.agent-23.xid.eth: "\${addressOf('bob')}"\\n\`);
const devnet = await createDevnet();
process.env.DEVNET = devnet.url;
const bob = await openAgent({ wallet: 'bob', network: { env: 'local', apiUrl: devnet.url } });
await bob.allow(addressOf('my-agent'));
const heard = new Promise((done) => bob.onMessage(({ text }) => done(text)));
await import('./example.mjs');
if (!(await heard).includes('| Hello')) throw new Error('bob heard something else');
await bob.close();
await devnet.close();
`;

const folder = await mkdtemp(join(tmpdir(), 'smoke-agent-'));
try {
  for (const name of [...packages, ...around])
    await run('pnpm', ['pack', '--pack-destination', folder], { cwd: resolve('packages', name) });
  const tarballs = await readdir(folder);
  const tarballOf = (name) => `file:./${tarballs.find((file) => file.startsWith(`xmtp-messaging-${name}-`))}`;
  const files = Object.fromEntries([...packages, ...around].map((name) => [scope + name, tarballOf(name)]));
  const manifest = { name: 'smoke', private: true, type: 'module', dependencies: files, overrides: files };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, timeout: 300_000 });

  const readme = await readFile(resolve('packages/agent/README.md'), 'utf8');
  const [, example] = /^```ts\b[^\n]*\n([^]*?)^```$/mu.exec(readme);
  const local = "network: { env: 'local', apiUrl: process.env.DEVNET }, names: { hostsFile: 'hosts.yaml' }";
  const here = example.replace("network: { env: 'production' }", local);
  if (here === example) throw new Error('The example of the README names no network to replace.');
  await writeFile(join(folder, 'example.mjs'), here);
  await writeFile(join(folder, 'stage.mjs'), stage);
  const env = { PATH: process.env.PATH, HOME: folder };
  await run(process.execPath, ['stage.mjs'], { cwd: folder, env, timeout: 60_000 });
  process.stdout.write('✓ the example of packages/agent/README.md runs from tarballs\n');
} finally {
  await rm(folder, { recursive: true, force: true });
}
