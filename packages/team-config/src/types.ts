import type { boundaryModes } from './schema.ts';

/** What the team wants of an agent's mailbox, after merging. */
export interface XmtpSettings {
  /** Hear everybody; else only listed senders. @default false */
  readonly openMode: boolean;
  /** How inbound messages are marked as untrusted; `null`: the server's default. @default null */
  readonly boundary: (typeof boundaryModes)[number] | null;
  /** Where the agent's server listens; `null`: the server's default. @default null */
  readonly port: number | null;
}

/** One agent, with everything that the team and its defaults say merged in. */
export interface TeamAgent {
  /** Safe as a path component. */
  readonly name: string;
  readonly description: string | null;
  /** Those of `defaults`, then the agent's own; each once. */
  readonly skills: readonly string[];
  readonly xmtp: XmtpSettings;
}

/** A team file, read and merged. */
export interface TeamConfig {
  readonly version: string;
  readonly team: string | null;
  /** In file order. */
  readonly agents: readonly TeamAgent[];
}
