import type {
  boundaryModes,
  fetchPolicies,
  groupModes,
  hostNames,
  knockModes,
  messageKinds,
  networks,
} from './xmtp-schema.ts';

/** A program that an agent runs in. */
export type HostName = (typeof hostNames)[number];

/** What the team wants of an agent's mailbox, after merging. `null`: the server's default. */
export interface XmtpSettings {
  /** Hear everybody; else only listed senders. @default false */
  readonly openMode: boolean;
  /** How inbound messages are marked as untrusted. @default null */
  readonly boundary: (typeof boundaryModes)[number] | null;
  /** Kinds of messages that are heard. @default null */
  readonly hears: readonly (typeof messageKinds)[number][] | null;
  /** Kinds of messages that wake the agent. @default null */
  readonly wakes: readonly (typeof messageKinds)[number][] | null;
  /** In which groups listed senders are heard. @default null */
  readonly groups: (typeof groupModes)[number] | null;
  /** Answer by itself where somebody who is not heard reads along. @default null */
  readonly mixedGroupAnswers: boolean | null;
  /** What becomes of what somebody wrote before he was admitted. @default null */
  readonly knocks: (typeof knockModes)[number] | null;
  /** How long dropped text is kept, days. @default null */
  readonly droppedDays: number | null;
  /** How long what was handled is listed, days; 0 for always. @default null */
  readonly journalDays: number | null;
  /** How long messages are kept, days; 0 for always. @default null */
  readonly messagesDays: number | null;
  /** Bytes that strangers may store in a day. @default null */
  readonly strangerBytes: number | null;
  /** When files that lie elsewhere are fetched. @default null */
  readonly attachments: (typeof fetchPolicies)[number] | null;
  /** The XMTP network. @default null */
  readonly env: (typeof networks)[number] | null;
  /** A node instead of the one that `env` implies. @default null */
  readonly apiUrl: string | null;
  /** Gateway of the decentralised network. @default null */
  readonly gatewayHost: string | null;
  /** File of local names; relative to the folder of the team file, or absolute. @default null */
  readonly hostsFile: string | null;
  /** File that holds the passphrase or token of the wallet; relative as above. @default null */
  readonly passphraseFile: string | null;
  /** Where accepted messages are pushed; `secretFile` is relative as above. @default null */
  readonly delivery:
    | { readonly kind: 'webhook'; readonly url: string; readonly secretFile: string | null }
    | { readonly kind: 'rest-ap'; readonly url: string }
    | null;
  /** Where the operator is told who knocks; `secretFile` is relative as above. @default null */
  readonly knockWebhook: { readonly url: string; readonly secretFile: string } | null;
  /** Keep `inbox/pending` in the home while mail is pending. @default null */
  readonly signalFile: boolean | null;
  /** Where files go that are sent from elsewhere; files are relative as above. @default null */
  readonly upload: {
    readonly url: string | null;
    readonly urlFile: string | null;
    readonly publicUrl: string | null;
    readonly headersFile: string | null;
    readonly s3: { readonly keyId: string; readonly secretFile: string; readonly region: string | null } | null;
    readonly maxBytes: number | null;
  } | null;
  /** Where the agent's server listens on this machine. @default null */
  readonly port: number | null;
  /** What the agent runs in, each once; `null` when the file does not say. @default null */
  readonly for: readonly HostName[] | null;
  /** Whether the mailbox is to be among the MCP servers of those. @default null */
  readonly mcp: boolean | null;
  /** Folder in which the agent runs; relative as above. @default null */
  readonly workspace: string | null;
}

/** One agent, with everything that the team and its defaults say merged in. */
export interface TeamAgent {
  /** Safe as a path component. */
  readonly name: string;
  /** In the file's words. @default null */
  readonly description: string | null;
  /** Those of `defaults`, then the agent's own; each once. */
  readonly skills: readonly string[];
  /** `OWS_WALLET` of its `env`, else of that of `defaults`, with `${name}` and `${team}` filled in. @default null */
  readonly wallet: string | null;
  /** Settings of its mailbox, those of `defaults` below its own. */
  readonly xmtp: XmtpSettings;
}

/** A team file, read and merged. */
export interface TeamConfig {
  /** Of the file's format. */
  readonly version: string;
  /** Its name. @default null */
  readonly team: string | null;
  /** Whether every member is to be on the allowlist of every other. @default false */
  readonly allowsEachOther: boolean;
  /** Whether one process serves all agents. @default null */
  readonly shared: boolean | null;
  /** In file order. */
  readonly agents: readonly TeamAgent[];
}
