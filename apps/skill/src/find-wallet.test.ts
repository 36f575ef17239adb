import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { findWallet } from './find-wallet.ts';

async function find(files: Record<string, string>, env: Record<string, string> = {}) {
  const folder = await temporaryDirectory();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return await findWallet('bot', { folder, env });
}

const own = { '.env.bot': 'OWS_WALLET=own\n' };
const shared = { '.env': 'OWS_WALLET=shared\n' };
const env = { OWS_WALLET: 'around' };

test('the nearest wallet wins: own file, shared file, environment', async () => {
  expect(await find({ ...own, ...shared }, env)).toEqual({ found: true, name: 'own', source: '.env.bot' });
  expect(await find({ ...shared, '.env.other': 'OWS_WALLET=other\n' }, env)).toMatchObject({
    name: 'shared',
    source: '.env',
  });
  expect(await find({ '.env': 'OTHER=1\n' }, env)).toMatchObject({ name: 'around', source: 'environment' });
});

test('no wallet is not an error, and an empty one in the nearest file means none', async () => {
  expect(await find({})).toEqual({
    found: false,
    message: 'OWS_WALLET is set neither in .env.bot, nor in .env, nor in the environment.',
  });
  expect(await find({ '.env.bot': 'OWS_WALLET=\n', ...shared }, env)).toEqual({
    found: false,
    message: 'OWS_WALLET is empty in .env.bot.',
  });
  expect(await find({}, { OWS_WALLET: '' })).toMatchObject({ found: false });
});

test.each([
  'OWS_WALLET = my wallet ',
  "export OWS_WALLET='my wallet'",
  'OWS_WALLET="my wallet" # mine',
  '\ufeffOWS_WALLET=my wallet',
])('reads %j as dotenv does', async (line) => {
  expect(await find({ '.env': `A=1\n${line}\nB=2\n` })).toMatchObject({ name: 'my wallet' });
});

test.each(['OWS_WALLET= \nB=1', 'OWS_WALLET=\t\r\nOWS_WALLETS=x', 'OWS_WALLET: \nB=1'])(
  'reads %j as an empty value, not as what stands on the next line',
  async (text) => {
    expect(await find({ '.env.bot': `${text}\n`, ...shared }, env)).toMatchObject({ found: false });
  },
);

test.each([
  ['a private key', `0x${'ab'.repeat(32)}`, 'abab'],
  ['a key without prefix', 'AB'.repeat(32), 'ABAB'],
  ['a recovery phrase', '"test test test test test test test test test test test junk"', 'junk'],
  ['shell syntax', '"$(id)"', '(id)'],
  ['an option', '--passphrase', '--passphrase'],
  ['two lines', '"a\nPORT=1"', 'PORT'],
  ['a quote', `'a"b'`, 'a"b'],
])('refuses %s without repeating it', async (_what, value, part) => {
  const error: unknown = await find({ '.env': `OWS_WALLET=${value}\n` }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'WALLET_INVALID' });
  expect(String(error)).not.toContain(part);
});

test('a .env that cannot be read stops the search', async () => {
  const folder = await temporaryDirectory();
  await mkdir(join(folder, '.env.bot'));
  await writeFile(join(folder, '.env'), 'OWS_WALLET=shared\n');
  await expect(findWallet('bot', { folder, env })).rejects.toMatchObject({ code: 'ENV_UNREADABLE' });
});

test.each([
  ['UTF-16', '\ufeffOWS_WALLET=own\r\n', 'utf16le', '.env.bot is UTF-16; save it as UTF-8.'],
  ['Latin-1', 'OWS_WALLET=jürgen', 'latin1', '.env.bot is not UTF-8; save it as UTF-8.'],
] as const)('a file in %s is named, and not taken for one without a wallet', async (_what, text, encoding, said) => {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, '.env.bot'), Buffer.from(text, encoding));
  await expect(findWallet('bot', { folder, env })).rejects.toMatchObject({
    code: 'ENV_UNREADABLE',
    shortMessage: said,
  });
  await writeFile(join(folder, '.env.bot'), '\ufeffOWS_WALLET=own\r\n');
  expect(await findWallet('bot', { folder, env })).toMatchObject({ name: 'own' });
});
