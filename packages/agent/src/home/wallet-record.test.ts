import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { hasNoPassphrase, recallAddress, recordWallet } from './wallet-record.ts';

const [one, two] = [`0x${'1'.repeat(40)}`, `0x${'2'.repeat(40)}`] as const;
const record = { wallet: 'alice', vaultHome: '/vault' };

async function homes() {
  const root = await temporaryDirectory();
  for (const name of [one, two, 'else']) await mkdir(join(root, name));
  return root;
}

test('finds the home that was opened with a wallet', async () => {
  const root = await homes();
  await recordWallet(join(root, one), record);
  await recordWallet(join(root, two), { ...record, wallet: 'alice-2' });
  await recordWallet(join(root, 'else'), record);
  expect(await recallAddress(root, record)).toBe(one);
  expect(await recallAddress(root, { ...record, vaultHome: '/other' })).toBeNull();
});

test('is silent when two homes claim the wallet, or a note cannot be read', async () => {
  const root = await homes();
  await recordWallet(join(root, one), record);
  await writeFile(join(root, two, 'wallet.json'), '{"wallet":');
  expect(await recallAddress(root, record)).toBe(one);
  await recordWallet(join(root, two), record);
  expect(await recallAddress(root, record)).toBeNull();
  expect(await recallAddress(join(root, 'missing'), record)).toBeNull();
});

test('it stays noted that a wallet has no passphrase, of that wallet alone', async () => {
  const home = join(await homes(), one);
  await recordWallet(home, record);
  expect(hasNoPassphrase(home, record)).toBe(false);
  await recordWallet(home, { ...record, withoutPassphrase: true });
  await recordWallet(home, { ...record, withoutPassphrase: false });
  expect(hasNoPassphrase(home, record)).toBe(true);
  expect(hasNoPassphrase(home, { ...record, wallet: 'bob' })).toBe(false);
  await recordWallet(home, { ...record, wallet: 'bob' });
  expect(hasNoPassphrase(home, { ...record, wallet: 'bob' })).toBe(false);
});
