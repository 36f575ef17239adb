import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWallet } from '@open-wallet-standard/core';
import { locateOws } from '@xmtp-messaging/ows-signer';
import { waitFor } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ServerConfig } from '../src/index.ts';
import { createLogger } from '../src/log/create-logger.ts';
import { connected, createStage, request, type Stage, startServer } from './harness.ts';
import { smallDisk } from './small-disk.ts';

// An inbox takes few installations, so the tests share them out among wallets.
let stage: Stage;
let count = 0;
beforeAll(async () => {
  stage = await createStage(['alice', 'bob', 'carol']);
});
afterAll(() => stage.close());

/** A server on a home root of its own, whose retries come at once; what it said to the log is kept. */
async function start(wallet: string, config: Partial<ServerConfig> = {}) {
  const lines: string[] = [];
  const server = await startServer(
    stage.config(wallet, { homeRoot: join(stage.root, `home-${(count += 1)}`), ...config }),
    {
      logger: createLogger({ destination: { write: (line: string) => void lines.push(line) } }),
      random: () => -0.99,
    },
  );
  onTestFinished(() => server.close());
  const status = async () => (await request<Status>(server.url, 'GET', '/xmtp/status')).body;
  /** Waits until status names the reason; it must come with what to do, and another attempt. */
  const named = async (code: string) => {
    const found = await waitFor(async () => {
      const body = await status();
      return body.reason !== null && [body.reason.code, ...body.reason.causes].includes(code) ? body : null;
    });
    expect(found.connected).toBe(false);
    expect(found.reason?.hint).not.toBe('');
    await waitFor(() => lines.some((line) => line.includes(code)));
    return found;
  };
  return { server, status, named, lines, connected: () => connected(server.url) };
}

interface Status {
  connected: boolean;
  state: string;
  reason: { code: string; message: string; hint: string; causes: string[] } | null;
  opening: { attempts: number; nextAttemptAt: string | null };
  lastError: { code: string; message: string } | null;
}

test('a start on a full disk says so, and goes on when there is space', async () => {
  const disk = smallDisk();
  disk.fill();
  const agent = await start('alice', { homeRoot: disk.path });
  const { reason } = await agent.named('DISK_FULL');
  expect(reason).toMatchObject({ message: 'The disk is full.', causes: expect.arrayContaining(['ENOSPC']) });
  disk.free();
  await agent.connected();
});

test('a start on a full disk with a home that is there already', async () => {
  const disk = smallDisk();
  const first = await start('alice', { homeRoot: disk.path });
  await first.connected();
  await first.server.close();
  disk.fill();
  const agent = await start('alice', { homeRoot: disk.path });
  expect((await agent.named('DISK_FULL')).opening.attempts).toBeGreaterThan(0);
  disk.free();
  await agent.connected();
});

test('a start on a read-only file system says so, and goes on when it can be written', async () => {
  const disk = smallDisk();
  disk.setReadOnly(true);
  const agent = await start('alice', { homeRoot: disk.path });
  expect((await agent.named('DISK_READ_ONLY')).opening.attempts).toBeGreaterThan(0);
  disk.setReadOnly(false);
  await agent.connected();
});

test('a disk that fills up while it runs is named by sends and status, and is over when there is space', async () => {
  const disk = smallDisk();
  const agent = await start('alice', { homeRoot: disk.path });
  await agent.connected();
  disk.fill();
  const send = (message: string) =>
    request<{ code?: string; detail?: string }>(agent.server.url, 'POST', '/xmtp/send', {
      to: 'bob.test.eth',
      message,
    });
  const bob = await start('bob');
  await bob.connected();
  const refused = await waitFor(async () => {
    const answer = await send('while it is full');
    return answer.status === 200 ? null : answer;
  });
  expect(refused).toMatchObject({ status: 503, body: { code: 'DISK_FULL', detail: 'The disk is full.' } });
  expect(await agent.named('DISK_FULL')).toMatchObject({ connected: false, state: 'degraded' });
  expect((await request(agent.server.url, 'GET', '/readyz')).status).toBe(503);
  disk.free();
  await waitFor(async () => (await send('with space again')).status === 200, { timeoutMs: 20_000 });
  await waitFor(async () => (await agent.status()).connected, { timeoutMs: 20_000 });
});

test('a home root that is a file, or leads through one, says so', async () => {
  const homeRoot = join(stage.root, 'a-file');
  writeFileSync(homeRoot, '');
  const agent = await start('carol', { homeRoot });
  expect((await agent.named('NOT_A_FOLDER')).opening.attempts).toBeGreaterThan(0);
  rmSync(homeRoot);
  await agent.connected();
});

test('a home of another user says so, before anything is written to it', async () => {
  const homeRoot = join(stage.root, 'foreign');
  const home = join(homeRoot, stage.wallets['carol']!.toLowerCase());
  mkdirSync(home, { recursive: true });
  // Only root can give a folder away: these tests are run as root.
  chownSync(home, 12_345, 12_345);
  const agent = await start('carol', { homeRoot });
  const { reason } = await agent.named('FILE_UNSAFE');
  expect(reason?.hint).toContain('belongs to user 12345');
  expect(readdirSync(home)).toEqual([]);
  chownSync(home, process.getuid!(), process.getgid!());
  await agent.connected();
});

test.each(['a link', 'a FIFO'])('a boundary.key that is %s is named at once and left alone', async (what) => {
  const homeRoot = join(stage.root, `planted-${what.at(-1)}`);
  const home = join(homeRoot, stage.wallets['carol']!.toLowerCase());
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const [path, target] = [join(home, 'boundary.key'), join(homeRoot, 'target')];
  writeFileSync(target, '', { mode: 0o644 });
  if (what === 'a link') symlinkSync(target, path);
  else execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
  const agent = await start('carol', { homeRoot });
  await agent.named('FILE_UNSAFE');
  expect([statSync(target).mode & 0o777, statSync(target).size]).toEqual([0o644, 0]);
  rmSync(path);
  await agent.connected();
});

test('a wallet that is made later is picked up, and how to make it is told', async () => {
  const agent = await start('latecomer');
  const found = await agent.named('OWS_WALLET_NOT_FOUND');
  expect(found.state).toBe('failed');
  expect(found.reason?.hint).toContain('npx -y @open-wallet-standard/core wallet create');
  execFileSync(locateOws()!, ['wallet', 'create', '--name=latecomer'], {
    env: { HOME: join(stage.root, 'vault') },
    stdio: 'pipe',
  });
  await agent.connected();
});

test('a wrong passphrase is named with its cause, and the next one is tried without a restart', async () => {
  createWallet('locked', 'the right one', 12, join(stage.root, 'vault', '.ows'));
  const path = join(stage.root, 'passphrase');
  writeFileSync(path, 'the wrong one', { mode: 0o600 });
  const config = stage.config('locked');
  const agent = await start('locked', { wallet: { ...config.wallet, credentialFile: { path } } });
  const { reason } = await agent.named('OWS_BAD_CREDENTIAL');
  expect(reason).toMatchObject({ code: 'SIGNER_FAILED', message: expect.stringContaining('could not be decrypted') });
  expect(JSON.stringify([reason, agent.lines])).not.toContain('the wrong one');
  writeFileSync(path, 'the right one');
  await agent.connected();
});

test('a vault that is no folder, and a command that is not there, are named', async () => {
  const home = join(stage.root, 'no-vault');
  mkdirSync(home);
  writeFileSync(join(home, '.ows'), '');
  const config = stage.config('carol');
  const vault = await start('carol', { wallet: { ...config.wallet, home } });
  expect((await vault.named('OWS_VAULT_IO')).opening.attempts).toBeGreaterThan(0);
  const command = await start('carol', { wallet: { ...config.wallet, command: [join(home, 'none')] } });
  expect((await command.named('OWS_CLI_NOT_FOUND')).opening.attempts).toBeGreaterThan(0);
  symlinkSync(locateOws()!, join(home, 'none'));
  await command.connected();
});
