import type { ParsedEnvironment } from '../config/parse-environment.ts';
import type { ServerConfig } from '../config/types.ts';

/** One agent of several behind a port. */
export interface SharedAgent {
  /** In its paths: letters, digits, dots, hyphens and underscores. */
  name: string;
  /**
   * Its settings, read again at each start, so that a mended file needs no restart of the others. Of `http`, where to listen is that of the port.
   * May throw a `ServerError` that says what cannot be used.
   */
  settings: () => Promise<Pick<ParsedEnvironment, 'config'> & Partial<ParsedEnvironment>>;
}

/** Everything that a server of several agents needs to know. */
export interface SharedServerConfig {
  /** Of the port as a whole. Tokens and limits of an agent are its own. */
  http: Pick<
    ServerConfig['http'],
    | 'host'
    | 'port'
    | 'allowedHosts'
    | 'operatorToken'
    | 'operatorTokenFile'
    | 'requestsPerMinute'
    | 'freeAuthFailures'
    | 'metrics'
  >;
  /** Folder of the homes, which keeps `operator.token` of the port unless one was set. Absolute. */
  homeRoot: string;
  /** In the order in which they start. */
  agents: readonly SharedAgent[];
  /** How many open side by side. @default 4 */
  opensAtOnce?: number | undefined;
  /** How long a graceful stop may take, milliseconds. @default 10_000 */
  shutdownTimeoutMs?: number | undefined;
}

/** How an agent behind the port stands. */
export interface SharedAgentView {
  name: string;
  /** Path before its routes. */
  path: string;
  /** As its status says; `restarting`: it waits for its next start; `stopped`: the operator stopped it. */
  state: string;
  connected: boolean;
  /** `null` until the wallet has been asked. */
  address: string | null;
  /** Whom it hears; `null` while it is not running. */
  mode: 'closed' | 'open' | null;
  reason: { code: string; message: string; hint: string } | null;
  /** As its status says. */
  warnings: { code: string; message: string; hint: string }[];
  /** Starts after the first one. */
  restarts: number;
  /** When it is started again; milliseconds since the epoch. */
  nextStartAt: number | null;
  pending: number | null;
  dead: number | null;
}
