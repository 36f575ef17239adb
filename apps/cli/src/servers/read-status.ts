import { CliError } from '../errors.ts';
import { createMailboxClient } from './create-mailbox-client.ts';
import type { KnownServer } from './types.ts';

/** Of a status what a table shows. */
export interface TableStatus {
  connected: boolean;
  address: string | null;
  state: string;
  /** `null` while the agent is not running. */
  mode: string | null;
  reason: { code: string; message: string; hint: string } | null;
  warnings: { code: string; message: string; hint: string }[];
  inbox: { pending: number; dead: number } | null;
}

/** What `GET /xmtp/status` says, as far as it matters here. */
export interface ServerStatus extends TableStatus {
  env: string;
  outbox: { unsettled: number } | null;
  installations: { used: number; limit: number } | null;
  identityUpdates: { used: number; limit: number } | null;
  allowlist: { state: string; count: number; error: { message: string } | null } | null;
  version: string;
}

/** A server, and what it says of itself; `null` when it does not answer. */
export interface SeenServer {
  server: KnownServer;
  status: ServerStatus | null;
  /** Why there is no status. */
  why: string | null;
}

/** Asks a server for its status. It does not throw. */
export async function readStatus(server: KnownServer, timeoutMs = 5000): Promise<SeenServer> {
  try {
    const client = createMailboxClient(server);
    return { server, status: await client.ask<ServerStatus>({ path: '/xmtp/status', timeoutMs }), why: null };
  } catch (error) {
    const said = error instanceof CliError ? (error.facts['serverCode'] ?? error.code) : null;
    return { server, status: null, why: typeof said === 'string' ? said : 'NOT_RUNNING' };
  }
}
