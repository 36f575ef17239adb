import { makeOperatorToken } from '@xmtp-messaging/agent';
import { ensurePrivateFolder } from '@xmtp-messaging/errors/files';
import { type RunningTeamPage, startTeamPage } from '@xmtp-messaging/server';
import { homeRoot, readPortToken, readToken } from '../servers/read-token.ts';
import type { Member } from './prepare-team.ts';
import type { RunningAgent } from './types.ts';

/** What the page of a team shows. */
export interface TeamPageOfOptions {
  members: readonly Member[];
  /** In the order of the members. */
  agents: () => readonly RunningAgent[];
  /** Of the team as a whole. */
  env: Readonly<Record<string, string | undefined>>;
}

/** Serves one page for all agents of a team that have servers of their own, at a port that is free. */
export async function openTeamPage({ members, agents, env }: TeamPageOfOptions): Promise<RunningTeamPage> {
  if (readPortToken(env) === null) {
    ensurePrivateFolder(homeRoot(env));
    await makeOperatorToken(homeRoot(env));
  }
  return await startTeamPage({
    token: () => readPortToken(env),
    agents: () =>
      agents().map(({ server, status, process: { restarts, gaveUp, pid } }, index) => ({
        name: server.name,
        url: server.url,
        // A home that is new gets its token when the server has begun.
        token: readToken(members[index]!.env, server.address),
        state: status?.state ?? (gaveUp ? 'failed' : pid === null ? 'restarting' : 'starting'),
        connected: status?.connected === true,
        address: server.address,
        reason: status?.reason ?? null,
        restarts,
        pending: status?.inbox?.pending ?? null,
        dead: status?.inbox?.dead ?? null,
      })),
  });
}
