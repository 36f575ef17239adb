/** Signs for an externally owned account. `@xmtp-messaging/ows-signer` and the SDK's own signers fit. */
export interface MailboxSigner {
  readonly type: 'EOA';
  /** Whose account it is: the same at every call. */
  getIdentifier(): Identifier | Promise<Identifier>;
  /** EIP-191 signature of `message`: 65 bytes, r, s, v. */
  signMessage(message: string): Uint8Array | Promise<Uint8Array>;
}

/** An account as XMTP names it. */
export interface Identifier {
  /** Lower-case address. */
  identifier: string;
  /** `0`: Ethereum. */
  identifierKind: number;
}
