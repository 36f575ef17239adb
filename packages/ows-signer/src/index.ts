// The public surface of @xmtp-messaging/ows-signer.
export { createOwsSigner } from './create-ows-signer.ts';
export { OwsSignerError, type OwsSignerErrorCode, owsSignerErrorTexts, type OwsSignerErrorOptions } from './errors.ts';
export { locateOws } from './locate-ows.ts';
export { parseWalletList, type ListedWallet } from './parse-wallet-list.ts';
export type { OwsCredential, OwsSigner, OwsSignerOptions } from './types.ts';
export { isXmtpInstallationText, isXmtpSignatureText } from './xmtp-signature-text.ts';
