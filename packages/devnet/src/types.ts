import type { DevnetAccount } from './accounts/create-account.ts';
import type { FaultPlan } from './faults/fault-plan-schema.ts';
import type { GrpcCode } from './grpc-error.ts';
import type { Limits } from './limits/create-quotas.ts';
import type { CallLogEntry } from './transport/create-dispatcher.ts';

/** All of the network once more, encrypted. */
export interface TlsOptions {
  /** Folder for the certificates, which are made where there are none. */
  folder: string;
  /** Ports, each for gRPC, gRPC-Web, the gateway with its first node, and history; 0 picks a free one. @default [0] */
  ports?: readonly number[] | undefined;
  /** Host names and addresses to be for, beside this machine's and those of `env: 'dev'`. @default [] */
  names?: readonly string[] | undefined;
}

/** How to start a network. Every key is optional. */
export interface DevnetOptions {
  /**
   * Which network to be: XMTP's V3, its decentralised network (d14n), or both over one store, as in the time of the
   * migration: what is posted to one is read from the other. @default 'v3'
   */
  protocol?: 'v3' | 'd14n' | 'both' | undefined;
  /** Nodes of the decentralised network, 1 to 9. @default 1 */
  nodes?: number | undefined;
  /** Ready accounts, those of Anvil and Hardhat, 0 to 100. @default 10 */
  accounts?: number | undefined;
  /** Address to listen on. @default '127.0.0.1' */
  host?: string | undefined;
  /** Port of gRPC, for the Node SDK; also the gateway of the decentralised network. 0 picks a free one. @default 0 */
  port?: number | undefined;
  /** Port of the first node of the decentralised network; the others follow. 0 picks free ones. @default 0 */
  nodePort?: number | undefined;
  /** Port of gRPC-Web, for the browser SDK; 0 picks a free one. @default 0 */
  webPort?: number | undefined;
  /** Port of the history server, the status and the fault control; 0 picks a free one. @default 0 */
  historyPort?: number | undefined;
  /**
   * Port of toxiproxy's HTTP interface, with XMTP's proxies on 6010, 6020 and 6030; 0 picks free ones for all.
   * @default undefined, none
   */
  toxiproxyPort?: number | undefined;
  /**
   * Whether a bot is there that answers each direct message with the same text; it needs `@xmtp/node-sdk`, which is a
   * peer dependency. @default false
   */
  echo?: boolean | undefined;
  /** Whether it is there with TLS too, as the public networks are. @default undefined, without */
  tls?: TlsOptions | undefined;
  /** Folder for the network's database; without one it lives in memory. @default undefined */
  dataDir?: string | undefined;
  /**
   * One file that holds the whole network: loaded at the start if it is there, written when the network closes. Not with
   * `dataDir`. @default undefined
   */
  state?: string | undefined;
  /** State file to begin with, which has to be there and stays as it is unless it is written to. @default `state` */
  loadState?: string | undefined;
  /** State file to write when the network closes. @default `state` */
  dumpState?: string | undefined;
  /** How often the state file is written before that, in milliseconds, if there is anything new. @default never */
  dumpEveryMs?: number | undefined;
  /** What goes wrong from the start. @default {} */
  faults?: FaultPlan | undefined;
  /** What one address may do, for example `productionLimits`. @default {}, no limits */
  limits?: Limits | undefined;
  /**
   * JSON-RPC URL by chain id, to check the signatures of contract wallets (ERC-1271, ERC-6492).
   * A signature of any other chain is refused. @default {}
   */
  chains?: Readonly<Record<number, string>> | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** How long running calls may take to finish when the network closes, in milliseconds. @default 250 */
  closeGraceMs?: number | undefined;
  /** Told of every finished call; subscriptions when they end. @default undefined */
  onCall?: ((entry: CallLogEntry) => void) | undefined;
  /** Told of errors that are the network's own fault; the client sees INTERNAL. @default undefined */
  onError?: ((error: unknown) => void) | undefined;
}

/** Makes a running network misbehave. */
export interface FaultControl {
  /** The one in force. */
  plan(): FaultPlan;
  /** Replaces the plan. Counters and random numbers start again. @throws DevnetError INVALID_OPTION */
  set(plan: FaultPlan): void;
  /** Back to a network without faults. */
  clear(): void;
  /**
   * Ends every open subscription, of one `method` or all, with `code` (default UNAVAILABLE) and `message` or, for `'OK'`, as if the
   * network were done. Returns how many.
   */
  dropStreams(options?: {
    method?: string | undefined;
    code?: GrpcCode | 'OK' | undefined;
    message?: string | undefined;
  }): number;
  /** Faults so far, by kind. */
  injected(): Readonly<Record<string, number>>;
}

/** What the network holds and does. */
export interface DevnetStats {
  /** Rows by kind. */
  readonly stored: Readonly<Record<string, number>>;
  /** Finished calls by method, and how many of them failed. */
  readonly calls: Readonly<Record<string, { readonly total: number; readonly failed: number }>>;
  /** Open subscriptions. */
  readonly streams: number;
}

/** A running network. */
export interface Devnet extends AsyncDisposable {
  /** What a Node SDK takes as `apiUrl`. */
  readonly url: string;
  /** Of `url`. */
  readonly port: number;
  /** What an SDK takes as `gatewayHost`; `null` where the network is V3 alone. */
  readonly gatewayUrl: string | null;
  /** The nodes of the decentralised network: URL by originator id, which fault plans name them by. */
  readonly nodes: Readonly<Record<number, string>>;
  /** What a browser SDK takes as `apiUrl`. */
  readonly webUrl: string;
  /** The history server; `/status` and `/faults` live here too. */
  readonly historyUrl: string;
  /** Toxiproxy's HTTP interface; `null` where there is none. */
  readonly toxiproxyUrl: string | null;
  /** What every SDK takes as `apiUrl`, `gatewayHost` or `historySyncUrl` with TLS; `null` where there is none. */
  readonly tlsUrl: string | null;
  /** File with the authority that clients have to trust for it. */
  readonly caFile: string | null;
  /** Address of the echo bot, in lower case; `null` where there is none. */
  readonly echoAddress: string | null;
  /** What goes wrong, from the next call on. */
  readonly faults: FaultControl;
  /** Accounts with signers for the SDKs, the same each time. Nothing is registered for them yet. */
  readonly accounts: readonly DevnetAccount[];
  /**
   * An account that nobody else has; with a name the one that `xmtp-devnet chat NAME` has, always the same.
   * @throws DevnetError INVALID_OPTION
   */
  createAccount(options?: {
    /** 1 to 64 letters, digits, dots, hyphens and underscores; capitals do not matter. @default a new account */
    name?: string | undefined;
  }): DevnetAccount;
  /**
   * Moves the network's clock, for good: what is published from now on is dated later, limits are refilled, a cutover
   * comes nearer, key packages expire. Clients keep clocks of their own.
   * @param ms Milliseconds, more than 0. @throws DevnetError INVALID_OPTION
   */
  advance(ms: number): void;
  /**
   * Remembers everything that is stored, the clock, and what limits leave to each address. Returns what to go back with.
   * @throws DevnetError INVALID_OPTION when there are 1,000
   */
  snapshot(): string;
  /**
   * Goes back to a snapshot, and forgets it and those after it. Open streams stay open: what was taken back and not yet
   * delivered never comes, and what is published from now on arrives, since no id is given twice. The fault plan stays as
   * it is. Clients keep what they have: use those that were there at the snapshot, or new ones.
   * @throws DevnetError UNKNOWN_SNAPSHOT
   */
  revert(id: string): void;
  /** Writes everything into one file, whole or not at all. @throws DevnetError CANNOT_WRITE_STATE */
  dumpState(path: string): Promise<void>;
  /** Cheap; as of now. */
  stats(): DevnetStats;
  /**
   * Ends every stream, writes the state where it should be, and closes the database. May be called twice; `await using` does it too.
   * @throws DevnetError CANNOT_WRITE_STATE
   */
  close(): Promise<void>;
}
