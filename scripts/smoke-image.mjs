// Runs the container image as the targets run it, over a local network: `node scripts/smoke-image.mjs IMAGE`, after `npm run build`. DOCKER_HOST says which daemon.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createDevnet } from '../packages/devnet/dist/index.js';

const run = promisify(execFile);
const [image] = process.argv.slice(2);
assert.ok(image, 'Usage: node scripts/smoke-image.mjs IMAGE');
const name = `smoke-${randomBytes(4).toString('hex')}`;
const port = 20_000 + (process.pid % 20_000);
const token = randomBytes(32).toString('hex');
const work = await mkdtemp(join(tmpdir(), 'smoke-image-'));
const devnet = await createDevnet();
const docker = async (...args) => (await run('docker', args)).stdout.trim();
// What every target asks for.
const locked = [
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--tmpfs=/tmp',
  '--network=host',
  '--pids-limit=256',
];
const settings = {
  XMTP_ENV: 'local',
  XMTP_API_URL: devnet.url,
  OWS_WALLET: 'ana',
  HOST: '127.0.0.1',
  PORT: String(port),
  XMTP_API_TOKEN_FILE: '/run/secrets/token',
};
const env = Object.entries(settings).map(([key, value]) => `--env=${key}=${value}`);
const mounts = [`--volume=${name}:/data`, `--volume=${join(work, 'token')}:/run/secrets/token:ro`];
try {
  await writeFile(join(work, 'token'), token, { mode: 0o600 });
  if (process.getuid() === 0) await run('chown', ['1000:1000', join(work, 'token')]);
  // As Kubernetes hands a volume over (fsGroup): of root, and writable for the group.
  const handOver = 'chown root:1000 /data && chmod 2775 /data';
  await docker('run', '--rm', '--user=0', mounts[0], '--entrypoint=sh', image, '-c', handOver);
  const said = await docker(
    'run',
    '--rm',
    ...locked,
    mounts[0],
    '--entrypoint=xmtp-messaging',
    image,
    'wallet',
    'create',
    'ana',
  );
  assert.match(said, /0x[0-9a-fA-F]{40}/u);
  await docker('run', '--detach', `--name=${name}`, ...locked, ...mounts, ...env, image);
  for (let tries = 0; (await ask('/readyz')) !== 200; tries += 1) {
    assert.ok(tries < 120, await docker('logs', name));
    await delay(250);
  }
  assert.equal(await ask('/xmtp/status'), 401);
  assert.equal(await ask('/xmtp/status', { authorization: `Bearer ${token}` }), 200);
  assert.equal(await docker('exec', name, 'id', '-u'), '1000');
  assert.match(await docker('exec', name, 'cat', '/app/sbom.spdx.json'), /"spdxVersion"/u);
  assert.match(await docker('exec', name, 'cat', '/proc/1/cmdline'), /^\/usr\/bin\/tini\0/u);
  // A second replica on the same volume.
  const second = ['run', '--rm', ...locked, ...mounts, ...env, '--env=PORT=0', image];
  const refused = await run('docker', second).catch((error) => error);
  assert.equal(refused.code, 5, refused.stderr);
  await docker('stop', '--time=45', name);
  assert.equal(await docker('inspect', '--format={{.State.ExitCode}}', name), '0');
  process.stdout.write(`${image} runs, refuses a second server on its volume, and stops in good order\n`);
} finally {
  await docker('rm', '--force', '--volumes', name).catch(() => {});
  await docker('volume', 'rm', name).catch(() => {});
  await devnet.close();
  await rm(work, { recursive: true, force: true });
}

async function ask(path, headers = {}) {
  try {
    const { status, body } = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers,
      signal: AbortSignal.timeout(5_000),
    });
    await body?.cancel();
    return status;
  } catch {
    return null;
  }
}
