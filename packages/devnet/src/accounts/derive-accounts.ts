import * as HdKey from 'ox/HdKey';
import * as Mnemonic from 'ox/Mnemonic';
import { createAccount, type DevnetAccount } from './create-account.ts';

/** The words that Anvil and Hardhat derive their accounts from; everybody knows them. */
export const devnetMnemonic = 'test test test test test test test test test test test junk';

/** The first accounts of Anvil and Hardhat, always the same (BIP-44, m/44'/60'/0'/0/n). */
export function deriveAccounts(count: number): DevnetAccount[] {
  return deriveFrom(0, count);
}

/** The nth account of Anvil and Hardhat, from 0. */
export function deriveAccount(index: number): DevnetAccount {
  return deriveFrom(index, 1)[0]!;
}

function deriveFrom(first: number, count: number): DevnetAccount[] {
  if (count === 0) return [];
  const root = HdKey.fromSeed(Mnemonic.toSeed(devnetMnemonic));
  return Array.from({ length: count }, (_, at) =>
    createAccount(root.derive(HdKey.path({ index: first + at })).privateKey),
  );
}
