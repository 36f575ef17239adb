import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentHome } from '@xmtp-messaging/agent';
import { writeDurably } from '@xmtp-messaging/errors/files';

/** What a server says of itself to the programs of its user. No secret. */
export interface Announcement {
  url: string;
  wallet: string;
}

/**
 * Writes where the server of a home is, so that the operator's programs find it without being told. Only whoever has the mailbox open may
 * do so. A server that is killed leaves it behind: readers ask that server for the address of the home, and believe the answer alone.
 * @returns the way to take it back
 */
export async function announceServer(
  { path: home, place }: Pick<AgentHome, 'path' | 'place'>,
  announcement: Announcement,
): Promise<() => Promise<void>> {
  const path = join(home, 'server.json');
  await writeDurably(path, `${JSON.stringify(announcement)}\n`, { place });
  return async () => {
    // What stands there otherwise is another server's.
    if (place.look() === null) await rm(path, { force: true });
  };
}
