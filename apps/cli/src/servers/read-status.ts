import { z } from 'zod';
import { CliError } from '../errors.ts';
import { createMailboxClient } from './create-mailbox-client.ts';
import type { KnownServer } from './types.ts';

const said = z.looseObject({ code: z.string(), message: z.string(), hint: z.string() });
const budget = z.looseObject({ used: z.int(), limit: z.int() }).nullable();
const tableStatus = z.looseObject({
  connected: z.boolean(),
  address: z.string().nullable(),
  state: z.string(),
  /** `null` while the agent is not running. */
  mode: z.string().nullable(),
  reason: said.nullable(),
  warnings: z.array(said),
  inbox: z.looseObject({ pending: z.int(), dead: z.int() }).nullable(),
});
const serverStatus = tableStatus.extend({ installations: budget, identityUpdates: budget });

/** Of a status what a table shows. */
export type TableStatus = z.infer<typeof tableStatus>;

/** What `GET /xmtp/status` says, as far as it matters here. */
export type ServerStatus = z.infer<typeof serverStatus>;

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
    return { server, status: await client.ask(serverStatus, { path: '/xmtp/status', timeoutMs }), why: null };
  } catch (error) {
    const said = error instanceof CliError ? (error.facts['serverCode'] ?? error.code) : null;
    return { server, status: null, why: typeof said === 'string' ? said : 'NOT_RUNNING' };
  }
}
