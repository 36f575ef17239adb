import { expect, test } from 'vitest';
import { parseWalletList } from './parse-wallet-list.ts';
import { selectWallet } from './select-wallet.ts';

const alice = '0xC924a5e66D682abCD7205b9a5d47D7cdd63F1D18';
const other = '0x2CF4C66be4cf45b37102E3E2bDcf755B732b91a8';
const id = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(12)}`;

/** One block of `ows wallet list`, version 1.2.4. */
function block(digit: string, name: string, address: string): string {
  return `ID:      ${id(digit)}
Name:    ${name}
Secured: ✓ (encrypted)
  eip155:1 (ethereum) → ${address}
  solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp (solana) → 7b3Ezt7TyDswdX12wqUdy5SrmP4JrVuggtYx8FYKJNcE
  sui:mainnet (sui) → 0xf9d35771a135a363b4fc8e4383878a2fbf7cd11d9b90c526a1d8e744a0abd004
Created: 2026-11-23T06:34:53.443127615+00:00

`;
}

const select = (stdout: string, wallet: string) => selectWallet(parseWalletList(stdout), wallet);
const code = (expected: string) => expect.objectContaining({ code: expected });

test('each block becomes a wallet with its Ethereum address', () => {
  expect(parseWalletList(block('1', 'alice-2', other) + block('2', 'alice', alice))).toEqual([
    { id: id('1'), name: 'alice-2', evmAddress: other },
    { id: id('2'), name: 'alice', evmAddress: alice },
  ]);
  expect(parseWalletList('No wallets found.\n')).toEqual([]);
});

test('a name matches as a whole, and an id comes before a name', () => {
  const list = block('1', 'alice-2', other) + block('2', 'alice', alice) + block('3', id('2'), other);
  expect(select(list, 'alice')).toEqual({ id: id('2'), address: alice });
  expect(select(list, id('2'))).toEqual({ id: id('2'), address: alice });
  for (const name of ['ali', 'ALICE', 'alice ', ' alice', 'Name:    alice']) {
    expect(() => select(list, name)).toThrow(code('OWS_WALLET_NOT_FOUND'));
  }
});

test('a name that stands twice is ambiguous, whether copied or forged by line breaks in another', () => {
  expect(() => select(block('1', 'alice', other) + block('2', 'alice', alice), 'alice')).toThrow(
    code('OWS_WALLET_AMBIGUOUS'),
  );
  const forged = block('1', `x\n${block('3', 'alice', other)}`, other);
  expect(() => select(forged + block('2', 'alice', alice), 'alice')).toThrow(code('OWS_WALLET_AMBIGUOUS'));
  expect(() => select(block('1', `alice\n  eip155:1 (ethereum) → ${alice}`, other), 'alice')).toThrow(
    code('OWS_NO_EVM_ACCOUNT'),
  );
});

test('a wallet without a well-formed Ethereum address cannot be chosen', () => {
  const wrongChecksum = block('1', 'alice', alice.toLowerCase().replace('c924', 'C924'));
  const absent = block('1', 'alice', alice).replace('eip155:1', 'eip155:10');
  for (const list of [wrongChecksum, absent]) {
    expect(() => select(list, 'alice')).toThrow(code('OWS_NO_EVM_ACCOUNT'));
  }
});
