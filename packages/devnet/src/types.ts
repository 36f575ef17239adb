/** How to start a network. Every key is optional. */
export interface DevnetOptions {
  /** Address to listen on. @default '127.0.0.1' */
  host?: string | undefined;
  /** gRPC port; 0 picks a free one. @default 0 */
  port?: number | undefined;
  /** Folder for the network's database; without one it lives in memory. @default undefined */
  dataDir?: string | undefined;
  /**
   * JSON-RPC URL by chain id, to check the signatures of contract wallets (ERC-1271, ERC-6492).
   * A signature of any other chain is refused. @default {}
   */
  chains?: Readonly<Record<number, string>> | undefined;
  /** Milliseconds since the epoch. @default Date.now */
  now?: (() => number) | undefined;
  /** How long running calls may take to finish when the network closes, in milliseconds. @default 250 */
  closeGraceMs?: number | undefined;
}

/** What the network holds and does. */
export interface DevnetStats {
  /** Rows by kind. */
  readonly stored: Readonly<Record<string, number>>;
  /** Open subscriptions by kind. */
  readonly streams: { readonly groups: number; readonly welcomes: number };
}

/** A running network. */
export interface Devnet {
  /** The address that an XMTP SDK takes as `apiUrl`. */
  readonly url: string;
  readonly port: number;
  stats(): DevnetStats;
  /** Ends every stream and closes the database. May be called twice. */
  close(): Promise<void>;
}
