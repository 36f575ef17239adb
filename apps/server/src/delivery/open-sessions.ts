import { join } from 'node:path';
import { type PlaceWatch, readPrivateFileSync, writeDurably } from '@xmtp-messaging/errors/files';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

/** Which memory of the agent belongs to which conversation. */
export interface Sessions {
  get(conversationId: string): string | null;
  /** No agent has named one yet. */
  isEmpty(): boolean;
  /** Keeps it for the next process as well. Never throws: without it, the agent only forgets. */
  keep(conversationId: string, sessionId: string): Promise<void>;
  /** The agent does not know it any more. */
  forget(conversationId: string): void;
}

/** The home folder, and whether it is still there. */
export interface HomeFolder {
  path: string;
  /** @default nobody looks */
  place?: Pick<PlaceWatch, 'look'> | undefined;
}

/** Conversations that are remembered; the least recently used are forgotten first. */
const max = 1000;
const maxIdLength = 200;
const content = z.array(z.tuple([z.string(), z.string().max(maxIdLength)])).max(max);

/**
 * Sessions that live in the home folder, in `sessions.json`; without one, as long as the process.
 * @param onFailure Told when the file cannot be read or written.
 */
export function openSessions(home: HomeFolder | null, onFailure: (error: unknown) => void = () => {}): Sessions {
  const path = home === null ? null : join(home.path, 'sessions.json');
  const ids = new LRUCache<string, string>({ max });
  try {
    const file = path === null ? null : readPrivateFileSync(path, { maxBytes: 1_000_000 });
    for (const [key, id] of file === null ? [] : content.parse(JSON.parse(file.bytes.toString('utf8'))))
      ids.set(key, id);
  } catch (error) {
    onFailure(error);
  }
  let written: Promise<void> = Promise.resolve();
  const save = async (file: string, before: Promise<void>) => {
    await before;
    // The oldest first, so that reading it again keeps the order.
    await writeDurably(file, `${JSON.stringify([...ids.rentries()])}\n`, { place: home?.place }).catch(onFailure);
  };
  return {
    get: (conversationId) => ids.get(conversationId) ?? null,
    isEmpty: () => ids.size === 0,
    forget: (conversationId) => void ids.delete(conversationId),
    keep: async (conversationId, sessionId) => {
      if (sessionId === '' || sessionId.length > maxIdLength || ids.get(conversationId) === sessionId) return;
      // An agent that went on with the memory of another conversation must not be held to that.
      if ([...ids.values()].includes(sessionId)) return;
      ids.set(conversationId, sessionId);
      if (path === null) return;
      written = save(path, written);
      await written;
    },
  };
}
