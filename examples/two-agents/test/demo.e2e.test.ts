import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from '@xmtp-messaging/stage';
import { temporaryDirectory, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

async function startDemo(args: readonly string[]) {
  const folder = await temporaryDirectory();
  const child = spawn(
    process.execPath,
    [...sourceFlags, main, ...(testProtocol === 'd14n' ? ['--d14n'] : []), ...args],
    {
      env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, folder, ended, output: () => output };
}

test('--once holds every step, exits 0 and leaves nothing behind', async () => {
  const demo = await startDemo(['--once']);
  expect(await demo.ended, demo.output()).toBe(0);
  expect(demo.output()).toContain('Everything held');
  expect(demo.output()).toMatch(/reason: not-listed; nothing delivered, nothing answered/);
  expect(await readdir(demo.folder)).toEqual([]);
});

test('interrupted while it sets up, it ends what it started', async () => {
  const demo = await startDemo([]);
  await waitFor(() => demo.output().includes('OWS wallets'), { timeoutMs: 30_000, what: 'the wallets' });
  demo.child.kill('SIGINT');
  expect(await demo.ended).toBe(130);
  expect(await readdir(demo.folder)).toEqual([]);
});
