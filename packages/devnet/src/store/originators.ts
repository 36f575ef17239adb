/** What a gateway adds to what it posts. */
export interface Posting {
  /** The id of who puts it in order: the chain or a node. */
  readonly originator: number;
  /** The ClientEnvelope, byte for byte as the client sent it. */
  readonly envelope: Uint8Array;
}

/**
 * Who puts envelopes in order (xmtpd, pkg/constants and pkg/migrator): the chain for commits and identity updates, the
 * migrator for what came over V3, and nodes, whose ids begin at `firstNode`, for the rest.
 */
export const originators = {
  commits: 0,
  identityUpdates: 1,
  migratedMessages: 10,
  migratedWelcomes: 11,
  migratedKeyPackages: 13,
  firstNode: 100,
} as const;
