import { checkMessage } from './check-message.ts';
import { checkAddress, checkHome, checkWallet } from './check-options.ts';
import { createInOrder } from './create-in-order.ts';
import { createOws, type Ows } from './create-ows.ts';
import { OwsSignerError } from './errors.ts';
import { locateOws } from './locate-ows.ts';
import { readCredential } from './read-credential.ts';
import { selectWallet } from './select-wallet.ts';
import type { OwsSigner, OwsSignerOptions } from './types.ts';
import { isXmtpInstallationText } from './xmtp-signature-text.ts';

const longestMessage = 65_000;
const emptyPassphrase =
  'The wallet was decrypted without a passphrase: whoever can read its file has the key. Make it with a passphrase, or use an API token.';

/**
 * A signer whose key stays in an OWS vault: each signature is made by an `ows` process of its own, one at a time, and is
 * given out only if it is by the wallet's address. Without `address`, the vault is asked for it before this resolves.
 * @throws OwsSignerError any code, see there
 */
export async function createOwsSigner(options: OwsSignerOptions): Promise<OwsSigner> {
  const { credential, timeoutMs = 30_000, acceptMessage = isXmtpInstallationText, onWarning, signal } = options;
  const maxMessageBytes = Math.min(options.maxMessageBytes ?? 16_384, longestMessage);
  const name = checkWallet(options.wallet);
  // Looked for again by the system when it is started, so that a signer with a known address can do without until then.
  const command = options.command ?? ([locateOws() ?? 'ows'] as const);
  const ows = createOws({ command, home: checkHome(options.home), timeoutMs, signal, onWarning });
  const known = options.address === undefined ? null : { id: name, address: checkAddress(options.address) };
  const { id, address } = known ?? (await findWallet(ows, name));
  const inOrder = createInOrder();
  let isWarned = false;

  return Object.freeze({
    type: 'EOA' as const,
    address,
    getIdentifier: () => ({ identifier: address.toLowerCase(), identifierKind: 0 as const }),
    async signMessage(message: string) {
      const bytes = checkMessage(message, { maxMessageBytes, acceptMessage });
      return inOrder(async () => {
        const secret = await readCredential(credential);
        const signature = await ows.sign(id, bytes, secret);
        await verify(signature, bytes, address);
        // A command of the operator's own may have the credential where we cannot see it.
        if (secret === undefined && options.command === undefined && !isWarned) {
          isWarned = true;
          onWarning?.(emptyPassphrase);
        }
        return signature;
      });
    },
  });
}

async function findWallet(ows: Ows, name: string): Promise<{ id: string; address: `0x${string}` }> {
  const { wallets, skipped } = await ows.listWallets();
  try {
    return selectWallet(wallets, name);
  } catch (cause) {
    if (!skipped || !(cause instanceof OwsSignerError) || cause.code !== 'OWS_WALLET_NOT_FOUND') throw cause;
    throw new OwsSignerError({
      code: 'OWS_VAULT_CORRUPT',
      shortMessage: 'The wallet was not found, and a file of the vault is damaged.',
      cause,
    });
  }
}

async function verify(signature: Uint8Array, message: Uint8Array, address: string): Promise<void> {
  // Loaded only now: a mailbox that is registered signs nothing for months.
  const [Address, Hex, PersonalMessage, Secp256k1, Signature] = await Promise.all([
    import('ox/Address'),
    import('ox/Hex'),
    import('ox/PersonalMessage'),
    import('ox/Secp256k1'),
    import('ox/Signature'),
  ]);
  let signer: string | null = null;
  try {
    const payload = PersonalMessage.getSignPayload(Hex.fromBytes(message));
    signer = Address.checksum(Secp256k1.recoverAddress({ payload, signature: Signature.fromBytes(signature) }));
  } catch {
    // No point of the curve has this r, so no key made the signature.
  }
  if (signer === address) return;
  throw new OwsSignerError({
    code: 'OWS_SIGNER_MISMATCH',
    shortMessage: `The signature is ${signer === null ? 'by no key' : `by ${signer}`}, not by the wallet's address ${address}.`,
  });
}
