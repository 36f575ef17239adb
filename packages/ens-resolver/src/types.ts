/** Who gave the address. `raw` means that the caller did. */
export type ResolverSource = 'raw' | 'hosts' | 'id-cli' | 'xid' | 'web3.bio' | 'onchain';

/** An address, and how sure we are of it. Frozen. */
export interface Resolution {
  /** As the caller wrote it. */
  readonly input: string;
  /** ENSIP-15 form of the name; `null` when the input was an address. */
  readonly name: string | null;
  /** EIP-55. */
  readonly address: `0x${string}`;
  /** The address in lower case, as XMTP writes it. */
  readonly identifier: `0x${string}`;
  /** Who answered. */
  readonly source: ResolverSource;
  /** Whether nobody's word had to be taken: the caller gave the address, or the chain confirmed it. */
  readonly verified: boolean;
  /** Whether normalisation changed more than ASCII case: show `name`, not `input`, to people. */
  readonly normalized: boolean;
  /** When the source answered, milliseconds since the epoch. */
  readonly resolvedAt: number;
  /** Whether it is an answer of earlier. */
  readonly cached: boolean;
  /** Whether this is an expired answer, given because the source failed (only with `cache.staleIfErrorMs`). */
  readonly stale: boolean;
  /** ENS namehash, when the source reported and we checked it. */
  readonly node?: `0x${string}` | undefined;
}

/** What a source found for a name. */
export interface SourceResult {
  /** EIP-55. */
  readonly address: `0x${string}`;
  readonly source: ResolverSource;
  readonly node?: `0x${string}` | undefined;
}

/** One way to look up a name. Rejects with ResolveError. */
export interface NameSource {
  lookup(name: string, options: { signal: AbortSignal }): Promise<SourceResult>;
}
