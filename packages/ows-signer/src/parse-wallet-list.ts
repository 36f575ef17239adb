import { checkAddress, toChecksumAddress } from '@xmtp-messaging/errors/address';

/** One wallet, as `ows wallet list` shows it. */
export interface ListedWallet {
  /** UUID. */
  id: string;
  /** As its owner calls it. */
  name: string;
  /** EIP-55; absent unless the wallet shows exactly one Ethereum account. */
  evmAddress?: `0x${string}` | undefined;
}

const idLine = /^ID: {6}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const nameLine = /^Name: {4}(.*)$/;
const ethereumLine = /^ {2}eip155:1(?: \([^)]*\))? → (0x[0-9a-fA-F]{40})$/;

/**
 * Reads the output of `ows wallet list`, block by block. A name is compared only as a whole line by its readers: a wallet
 * whose name has line breaks can forge lines or blocks here, which makes a choice ambiguous or a signature refused, never wrong.
 */
export function parseWalletList(stdout: string): readonly ListedWallet[] {
  const lines = stdout.split('\n');
  return lines.flatMap((line, at): ListedWallet[] => {
    const id = idLine.exec(line)?.[1];
    const name = nameLine.exec(lines[at + 1] ?? '')?.[1];
    if (id === undefined || name === undefined) return [];
    const next = lines.findIndex((later, index) => index > at && idLine.test(later));
    const addresses = lines
      .slice(at + 2, next === -1 ? undefined : next)
      .flatMap((entry) => ethereumLine.exec(entry)?.[1] ?? []);
    const [evmAddress] = addresses;
    return [
      evmAddress !== undefined && addresses.length === 1 && checkAddress(evmAddress).ok
        ? { id, name, evmAddress: toChecksumAddress(evmAddress) }
        : { id, name },
    ];
  });
}
