/** A passphrase or an API token (`ows_key_...`), or how to get it. Line breaks at its end are dropped. */
export type OwsCredential = string | (() => string | Promise<string>);

/** Which wallet signs, where its vault is, and within which limits. */
export interface OwsSignerOptions {
  /** Id of the wallet, or its name: exact, case-sensitive, at most 256 characters, no control characters. */
  wallet: string;
  /** Absolute path of the home folder that holds the vault, `.ows`. */
  home: string;
  /**
   * Unlocks the wallet. A function is called for each signature, so the secret need not stay in memory.
   * @default undefined: for a wallet without passphrase, or a command that has the credential itself
   */
  credential?: OwsCredential | undefined;
  /**
   * The address of the wallet, when it is known. The vault is then touched only to sign, and may be absent until then.
   * @default undefined: the vault is asked, at once
   */
  address?: string | undefined;
  /**
   * The `ows` command, with anything that must stand before it, such as `['sudo', '-n', '-u', 'vault', 'ows']`.
   * It is never given to a shell. A bare name is looked for in /usr/local/bin, /usr/bin and /bin.
   * @default the native binary of `@open-wallet-standard/core`, else `['ows']`
   */
  command?: readonly [string, ...string[]] | undefined;
  /** Milliseconds until a command is killed. @default 30_000 */
  timeoutMs?: number | undefined;
  /** Longest message in bytes of UTF-8; at most 65,000, which an argument list can carry. @default 16_384 */
  maxMessageBytes?: number | undefined;
  /** Whether to sign this message. @default isXmtpInstallationText */
  acceptMessage?: ((message: string) => boolean) | undefined;
  /** Told about weaknesses that do not prevent signing. Texts hold no secrets. @default undefined */
  onWarning?: ((warning: string) => void) | undefined;
  /** Aborts what runs and refuses what comes later. @default undefined */
  signal?: AbortSignal | undefined;
}

/** A signer for `Client.create` of @xmtp/node-sdk. */
export interface OwsSigner {
  readonly type: 'EOA';
  /** EIP-55. */
  readonly address: `0x${string}`;
  /** The address in lower case; kind 0 is `IdentifierKind.Ethereum`. */
  getIdentifier(): { identifier: string; identifierKind: 0 };
  /** EIP-191 signature of `message`: r, s, v; 65 bytes; v is 27 or 28. */
  signMessage(message: string): Promise<Uint8Array>;
}
