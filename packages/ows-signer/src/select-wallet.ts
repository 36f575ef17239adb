import { quoteInput } from '@xmtp-messaging/errors';
import { createHint, OwsSignerError } from './errors.ts';
import type { ListedWallet } from './parse-wallet-list.ts';

/**
 * The wallet with id `wallet`, else the one with exactly that name.
 * @throws OwsSignerError `OWS_WALLET_NOT_FOUND`, `OWS_WALLET_AMBIGUOUS`, `OWS_NO_EVM_ACCOUNT`
 */
export function selectWallet(wallets: readonly ListedWallet[], wallet: string): { id: string; address: `0x${string}` } {
  const byId = wallets.filter(({ id }) => id === wallet);
  const matches = byId.length > 0 ? byId : wallets.filter(({ name }) => name === wallet);
  const [match] = matches;
  if (match === undefined) {
    throw new OwsSignerError({
      code: 'OWS_WALLET_NOT_FOUND',
      shortMessage: `The vault has no wallet with the id or exact name ${quoteInput(wallet)}.`,
      metaMessages: [
        createHint,
        'Names are case-sensitive; `npx -y @open-wallet-standard/core wallet list` shows them.',
      ],
    });
  }
  if (matches.length > 1) {
    throw new OwsSignerError({
      code: 'OWS_WALLET_AMBIGUOUS',
      shortMessage: `The vault shows ${matches.length} wallets with the name ${quoteInput(wallet)}.`,
    });
  }
  if (match.evmAddress === undefined) {
    throw new OwsSignerError({
      code: 'OWS_NO_EVM_ACCOUNT',
      shortMessage: `The wallet ${quoteInput(wallet)} shows no single Ethereum account (eip155:1) with a valid checksum.`,
    });
  }
  return { id: match.id, address: match.evmAddress };
}
