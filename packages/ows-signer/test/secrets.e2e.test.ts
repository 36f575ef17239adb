import { patient } from '@xmtp-messaging/testing';
import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { mnemonicToAccount } from 'viem/accounts';
import { expect, onTestFinished, test } from 'vitest';
import { createOwsSigner } from '../src/index.ts';
import { ows, temporaryVault } from './vault.ts';
import { xmtpText } from './xmtp-text.ts';

const passphrase = 'correct horse battery staple';

/** How often each needle stands in the writable memory of a child process. */
async function countInMemory(
  pid: number,
  needles: Readonly<Record<string, Uint8Array>>,
): Promise<Record<string, number>> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  const memory = await open(`/proc/${pid}/mem`);
  const counts = Object.fromEntries(Object.keys(needles).map((name) => [name, 0]));
  for (const [, from, to] of maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm)) {
    const [start, end] = [Number.parseInt(from!, 16), Number.parseInt(to!, 16)];
    const region = Buffer.alloc(end - start);
    // Some regions cannot be read; what cannot be read by its parent is not where a heap is.
    const { bytesRead } = await memory.read(region, 0, region.length, start).catch(() => ({ bytesRead: 0 }));
    const read = region.subarray(0, bytesRead);
    for (const [name, needle] of Object.entries(needles)) {
      for (let at = read.indexOf(needle); at !== -1; at = read.indexOf(needle, at + 1)) counts[name]! += 1;
    }
  }
  await memory.close();
  return counts;
}

/** Starts a program that signs and then stays up, until the test has looked into it. */
async function startSigning(name: string, ...args: readonly string[]): Promise<number> {
  const program = join(import.meta.dirname, 'programs', name);
  const child = spawn(process.execPath, ['--conditions=@xmtp-messaging/source', program, ...args], {
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(line.toString()).toBe('signed\n');
  return child.pid!;
}

test('H5: after real signatures the key is not in the memory of the process that asked for them', async () => {
  const vault = await temporaryVault();
  const folder = join(vault.home, '.ows');
  const { id } = await vault.createWallet('alice', passphrase);
  const { token } = await vault.createToken(id, { passphrase });
  const mnemonic = await vault.sdk<string>('exportWallet', 'alice', passphrase, folder);
  const needles = {
    key: mnemonicToAccount(mnemonic).getHdKey().privateKey!,
    mnemonic: Buffer.from(mnemonic.split(' ').slice(0, 4).join(' ')),
  };
  const [ours, theirs] = await Promise.all([
    startSigning('sign-with-us.ts', vault.home, xmtpText(), passphrase, token),
    startSigning('sign-with-sdk.ts', vault.home, xmtpText(), passphrase),
  ]);
  expect(await countInMemory(ours, needles)).toEqual({ key: 0, mnemonic: 0 });
  // Shows that the search finds what is there, and why this package exists.
  await expect
    .poll(async () => (await countInMemory(theirs, needles)).key, { timeout: patient(30_000) })
    .toBeGreaterThan(0);
});

test('the command gets the credential in its environment alone, and nothing of ours with it', async () => {
  const vault = await temporaryVault();
  await vault.createWallet('alice', passphrase);
  const seen = join(vault.home, 'seen');
  const script = 'cat /proc/$$/cmdline > "$0.arguments"; cat /proc/$$/environ > "$0.environment"; exec "$@"';
  const command = ['/bin/sh', '-c', script, seen, ows()] as const;
  const signer = await createOwsSigner({ wallet: 'alice', home: vault.home, credential: passphrase, command });
  await signer.signMessage(xmtpText());
  const split = async (name: string) => (await readFile(`${seen}.${name}`, 'utf8')).split('\0').slice(0, -1);
  expect((await split('environment')).toSorted()).toEqual([
    `HOME=${vault.home}`,
    `OWS_PASSPHRASE=${passphrase}`,
    'PATH=/usr/local/bin:/usr/bin:/bin',
  ]);
  expect((await split('arguments')).slice(5)).toEqual([
    'sign',
    'message',
    expect.stringMatching(/^--wallet=[0-9a-f-]{36}$/),
    '--chain=eip155:1',
    '--encoding=hex',
    `--message=${Buffer.from(xmtpText()).toString('hex')}`,
    '--json',
  ]);
});
