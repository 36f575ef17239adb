/**
 * What this plugin uses of OpenClaw, in its own words: the package has 95 MB and is not installed here. `npm run test:hosts` compiles the plugin against
 * the published types, and runs it in the host.
 */

/** Its configuration, of which only our part is read. */
export interface HostConfig {
  channels?: Record<string, unknown> | undefined;
}

/** What a channel tells of an account. */
export interface AccountSnapshot {
  accountId: string;
  enabled?: boolean;
  configured?: boolean;
  running?: boolean;
  connected?: boolean;
  dmPolicy?: string;
  lastInboundAt?: number | null;
  lastError?: string | null;
}

/** Where a message goes. */
export interface HostRoute {
  agentId: string;
  sessionKey: string;
  accountId?: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- a closed set of the host's, handed through
  dmScope?: any;
}

/** A reply of the agent. */
export interface ReplyPayload {
  text?: string | undefined;
  mediaUrl?: string | undefined;
  mediaUrls?: readonly string[] | undefined;
}

/** What the host gives a channel to work with. */
export interface ChannelRuntime {
  routing: {
    resolveAgentRoute(input: {
      cfg: HostConfig;
      channel: string;
      accountId: string;
      peer: { kind: 'direct' | 'group'; id: string };
      dmScope: 'per-account-channel-peer';
    }): HostRoute;
  };
  inbound: {
    // oxlint-disable-next-line typescript/no-explicit-any -- the finished context is opaque
    buildContext(facts: Record<string, unknown>): any;
    run(input: {
      channel: string;
      accountId: string;
      raw: unknown;
      adapter: {
        ingest: (raw: unknown) => Record<string, unknown>;
        resolveTurn: (input: unknown) => Promise<Record<string, unknown>>;
      };
    }): Promise<unknown>;
  };
  pairing: {
    /** Whom the operator has approved. */
    readAllowFromStore(of: { channel: string; accountId: string }): Promise<readonly string[]>;
    upsertPairingRequest(request: {
      channel: string;
      id: string;
      accountId: string;
      meta?: Record<string, string>;
    }): Promise<{ code: string; created: boolean }>;
  };
}

/** Where it writes what happened. */
export interface HostLog {
  info?(message: string): void;
  warn?(message: string): void;
}

/** A run of an account in the gateway. */
export interface GatewayContext<Account> {
  cfg: HostConfig;
  account: Account;
  abortSignal: AbortSignal;
  log?: HostLog | undefined;
  setStatus: (snapshot: AccountSnapshot) => void;
  channelRuntime?: unknown;
}

/** What is to be sent. */
export interface OutboundText {
  cfg: HostConfig;
  to: string;
  text: string;
  accountId?: string | null | undefined;
  replyToId?: string | null | undefined;
  signal?: AbortSignal | undefined;
  /** The same for each attempt of one delivery. */
  deliveryQueueId?: string | undefined;
  deliveryPartIndex?: number | undefined;
}
