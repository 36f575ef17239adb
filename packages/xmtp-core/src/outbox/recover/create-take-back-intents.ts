import { openDeadEnd } from '../../sdk/open-dead-end.ts';
import { openOffline, type OpenOfflineOptions } from '../../sdk/open-offline.ts';
import { within } from '../../util/within.ts';

/** Takes the messages of these conversations from the SDK, so that they go out only when we publish them, by id. */
export type TakeBackIntents = (conversationIds: Iterable<string>) => Promise<void>;

/** For one conversation; on this machine it takes milliseconds. */
const limitMs = 10_000;

/**
 * A process that died between storing and publishing leaves an intent in the SDK's database, and the SDK's next step in
 * that conversation, whichever it is, publishes it first: for the members that the conversation had then, not for those
 * that the network knows now. There is no call that withdraws an intent. But the SDK never publishes one again that it
 * has published, and how often that may be done by id is up to us. So it publishes what is left to a dead end.
 * Nothing else may use these conversations meanwhile: two clients do not see each other's locks.
 */
export function createTakeBackIntents(options: OpenOfflineOptions): TakeBackIntents {
  return async (conversationIds) => {
    const ids = new Set(conversationIds);
    if (ids.size === 0) return;
    const deadEnd = await openDeadEnd();
    try {
      const client = await openOffline(deadEnd.url, options);
      try {
        for (const id of ids) {
          // Its answer says nothing: a conversation that we were removed from has an error and nothing to publish.
          const synced = client.sync(id).catch(() => undefined);
          await within(synced, { ms: limitMs });
        }
      } finally {
        client.release();
      }
    } finally {
      await deadEnd.close();
    }
  };
}
