import { verifyMessage } from 'viem';
import { expect, test } from 'vitest';
import { createAccount } from './create-account.ts';
import { deriveAccounts } from './derive-accounts.ts';

test('the accounts are those of Anvil and Hardhat', () => {
  const accounts = deriveAccounts(10);
  // As Anvil prints them.
  expect(accounts.map(({ address }) => address).slice(0, 2)).toEqual([
    '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
    '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
  ]);
  expect(accounts.at(9)!.address).toBe('0xa0ee7a142d267c1f36714e4a8f75612f20a79720');
  expect(deriveAccounts(3)).toMatchObject(accounts.slice(0, 3).map(({ privateKey }) => ({ privateKey })));
});

test('an account signs as a wallet does, and a new one is another', async () => {
  const [one, two] = [createAccount(), createAccount()];
  expect(one.address).not.toBe(two.address);
  const message = 'XMTP : Authenticate to inbox\n\nünicode ✓';
  const signature = one.signer.signMessage(message);
  expect(signature).toHaveLength(65);
  const address = one.address as `0x${string}`;
  expect(await verifyMessage({ address, message, signature })).toBe(true);
});
