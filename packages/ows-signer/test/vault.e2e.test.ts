import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createOwsSigner, type OwsSignerOptions } from '../src/index.ts';
import { ows, temporaryVault } from './vault.ts';
import { xmtpText } from './xmtp-text.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const sign = async (options: OwsSignerOptions, message = xmtpText()) =>
  (await createOwsSigner(options)).signMessage(message);

test('the wallet is found by exact name or id, never by a part of a name or by forged lines', async () => {
  const vault = await temporaryVault();
  const { home } = vault;
  const alice = await vault.createWallet('alice');
  const second = await vault.createWallet('alice-2');
  const block = (id: string, name: string) => `ID:      ${id}\nName:    ${name}\n  eip155:1 → ${second.address}`;
  const forged = await vault.createWallet(
    `x\n${block(alice.id, 'bob')}\n${block('rest', 'rest').replace('rest', second.id)}`,
  );

  expect((await createOwsSigner({ wallet: 'alice', home })).address).toBe(alice.address);
  expect((await createOwsSigner({ wallet: 'alice-2', home })).address).toBe(second.address);
  await expect(createOwsSigner({ wallet: 'ali', home })).rejects.toThrow(code('OWS_WALLET_NOT_FOUND'));
  // The name of the third wallet shows a wallet `bob` with the id of the first and the address of the second.
  await expect(sign({ wallet: 'bob', home })).rejects.toThrow(code('OWS_SIGNER_MISMATCH'));
  await expect(createOwsSigner({ wallet: alice.id, home })).rejects.toThrow(code('OWS_WALLET_AMBIGUOUS'));
  await expect(createOwsSigner({ wallet: forged.id, home })).rejects.toThrow(code('OWS_NO_EVM_ACCOUNT'));
});

test('names and messages that look like options, and any text, are signed as they are', async () => {
  const vault = await temporaryVault();
  const { address } = await vault.createWallet('--help');
  const signer = await createOwsSigner({ wallet: '--help', home: vault.home, acceptMessage: () => true });
  expect(signer.address).toBe(address);
  const odd = 'nul \0, newline \n, é, 👩‍👩‍👧, \u202e';
  for (const message of ['', '--json', odd.padEnd(16_300, 'x')]) {
    expect(await signer.signMessage(message)).toHaveLength(65);
  }
});

test('an account that was changed in the file of the wallet is noticed at the first signature', async () => {
  const vault = await temporaryVault();
  const { id, address } = await vault.createWallet('alice');
  const other = await vault.createWallet('other');
  await vault.editWallet(id, (json) => json.replaceAll(address, other.address));
  const signer = await createOwsSigner({ wallet: 'alice', home: vault.home });
  expect(signer.address).toBe(other.address);
  await expect(signer.signMessage(xmtpText())).rejects.toThrow(
    `is by ${address}, not by the wallet's address ${other.address}`,
  );
});

test('a protected wallet needs its passphrase, and one without is warned about, once', async () => {
  const vault = await temporaryVault();
  const { home } = vault;
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  await vault.createWallet('alice', 'correct horse');
  const options = { wallet: 'alice', home, onWarning };
  expect(await sign({ ...options, credential: () => Promise.resolve('correct horse\n') })).toHaveLength(65);
  await expect(sign({ ...options, credential: 'wrong' })).rejects.toThrow(code('OWS_BAD_CREDENTIAL'));
  await expect(sign(options)).rejects.toThrow(code('OWS_BAD_CREDENTIAL'));
  expect(warnings).toEqual([]);

  await vault.createWallet('open');
  const open = await createOwsSigner({ wallet: 'open', home, onWarning });
  await Promise.all([open.signMessage(xmtpText()), open.signMessage(xmtpText())]);
  expect(warnings).toEqual([expect.stringContaining('without a passphrase')]);
});

test('damaged files are named as such: cut off, emptied, with broken or hostile encryption', async () => {
  const vault = await temporaryVault();
  const { id, address } = await vault.createWallet('alice');
  const expectFailure = async (change: (json: string) => string, expected: string, known?: string) => {
    let original = '';
    await vault.editWallet(id, (json) => change((original = json)));
    await expect(sign({ wallet: 'alice', home: vault.home, address: known })).rejects.toThrow(code(expected));
    await vault.editWallet(id, () => original);
  };
  for (const known of [undefined, address]) {
    await expectFailure((json) => json.slice(0, 500), 'OWS_VAULT_CORRUPT', known);
    await expectFailure(() => '', 'OWS_VAULT_CORRUPT', known);
  }
  const damage = (change: (json: string) => string, expected: string) => expectFailure(change, expected, address);
  await damage((json) => json.replace(/"iv": "\w{20}/, '"iv": "'), 'OWS_VAULT_CORRUPT'); // panics
  await damage((json) => json.replace(/"n": \d+/, '"n": 1024'), 'OWS_VAULT_CORRUPT');
  // Asks for more memory than any machine can address, which aborts.
  const huge = (json: string) => json.replace(/"n": \d+/, `"n": ${2 ** 30}`).replace(/"r": \d+/, `"r": ${2 ** 20}`);
  await damage(huge, 'OWS_VAULT_CORRUPT');
  await damage((json) => json.replace('"scrypt"', '"none"'), 'OWS_VAULT_CORRUPT');
  await damage((json) => json.replace(/"auth_tag": "\w{8}/, '"auth_tag": "00000000'), 'OWS_BAD_CREDENTIAL');
});

test('a vault that is away, closed or elsewhere is told apart from a wallet that is', async () => {
  const home = await temporaryDirectory();
  await expect(createOwsSigner({ wallet: 'alice', home })).rejects.toThrow(code('OWS_WALLET_NOT_FOUND'));
  await expect(createOwsSigner({ wallet: 'alice', home: '/proc/no-such-home' })).rejects.toThrow(code('OWS_VAULT_IO'));
});

test('a pipe in the vault does not hang the signer, and nothing of it is left', async () => {
  const vault = await temporaryVault();
  const { id, address } = await vault.createWallet('alice');
  const wallets = join(vault.home, '.ows', 'wallets');
  const pipe = join(wallets, '00000000-0000-4000-8000-000000000000.json');
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  // The shell notes its pid and becomes `ows`.
  const note = join(vault.home, 'pid');
  const command = ['/bin/sh', '-c', 'echo $$ > "$0"; exec "$@"', note, ows()] as const;
  const options = { wallet: 'alice', home: vault.home, command, timeoutMs: 500 };
  await expect(createOwsSigner(options)).rejects.toThrow(code('OWS_TIMEOUT'));
  await expect(sign({ ...options, address })).rejects.toThrow(code('OWS_TIMEOUT'));
  const pid = (await readFile(note, 'utf8')).trim();
  const state = () => execFileSync('sh', ['-c', `ps -o stat= -p ${pid} || true`], { encoding: 'utf8' });
  await waitFor(() => /^(?:Z.*)?\s*$/.test(state()), { what: `process ${pid} to end` });

  await rm(pipe);
  expect(await readdir(wallets)).toEqual([`${id}.json`]);
  expect(await sign({ ...options, timeoutMs: 20_000 })).toHaveLength(65);
});

test('L6: the process goes on while a signature is made', async () => {
  const vault = await temporaryVault();
  await vault.createWallet('alice');
  const go = join(vault.home, 'go');
  // Signs once this process, which is waiting for the signature, has made the file.
  const script = 'until [ -e "$0" ]; do sleep 0.02; done; exec "$@"';
  const command = ['/bin/sh', '-c', script, go, ows()] as const;
  const { address } = await createOwsSigner({ wallet: 'alice', home: vault.home });
  const signature = sign({ wallet: 'alice', home: vault.home, command, address });
  await writeFile(go, '');
  expect(await signature).toHaveLength(65);
});

test('signatures are made one at a time, in order, and a failure does not stop the next', async () => {
  const vault = await temporaryVault();
  await vault.createWallet('alice');
  const lock = join(vault.home, 'lock');
  // Fails when another run holds the lock.
  const command = [
    '/bin/sh',
    '-c',
    'mkdir "$0" || exit 9; "$@"; status=$?; rmdir "$0"; exit $status',
    lock,
    ows(),
  ] as const;
  const signer = await createOwsSigner({ wallet: 'alice', home: vault.home, command });
  const order: number[] = [];
  const results = await Promise.allSettled(
    [xmtpText(), 'refused', xmtpText()].map((message, index) =>
      signer.signMessage(message).finally(() => order.push(index)),
    ),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order.filter((index) => index !== 1)).toEqual([0, 2]);
});
