import { z } from 'zod';
import { createMailboxClient } from './create-mailbox-client.ts';
import type { TableStatus } from './read-status.ts';

const said = z.object({ code: z.string(), message: z.string(), hint: z.string() });
const answer = z.object({
  agents: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      connected: z.boolean(),
      address: z.string().nullable(),
      mode: z.string().nullable(),
      reason: said.nullable(),
      warnings: z.array(said),
      restarts: z.int(),
      pending: z.int().nullable(),
      dead: z.int().nullable(),
    }),
  ),
});

/** How an agent behind a port stands, as the port says. */
export interface PortView {
  status: TableStatus;
  /** Starts after its first one in this process. */
  restarts: number;
}

/** Asks the port of several agents for all of them at once; `null` when it does not say. It does not throw. */
export async function readPort({
  url,
  token,
}: {
  url: string;
  token: string | null;
}): Promise<ReadonlyMap<string, PortView> | null> {
  const client = createMailboxClient({ name: url, url, agent: null, address: null, token });
  try {
    const { agents } = await client.ask(answer, { path: '/agents', timeoutMs: 10_000 });
    return new Map(
      agents.map(({ name, restarts, pending, dead, mode, ...status }) => [
        name,
        {
          restarts,
          status: { ...status, mode, inbox: pending === null || dead === null ? null : { pending, dead } },
        },
      ]),
    );
  } catch {
    return null;
  }
}
