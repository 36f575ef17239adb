import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentHome } from '@xmtp-messaging/agent';
import { ensurePrivateFolder, writeDurably } from '@xmtp-messaging/errors/files';

/** What a signal file is kept by. */
export interface SignalFileOptions {
  home: Pick<AgentHome, 'path' | 'place'>;
  /** How many messages are pending. Cheap. */
  pending: () => number;
  /** Calls back when something came. Returns the end of it. */
  subscribe: (listener: () => void) => () => void;
  /** Told when the file cannot be written, once until it can again. */
  onFailure: (error: unknown) => void;
  /** How often it looks whether mail was taken, while there is some, milliseconds. @default 1_000 */
  everyMs?: number | undefined;
}

/** Keeps a signal file. */
export interface SignalFile {
  /** Leaves the file as it is: what is pending stays so. */
  stop(): Promise<void>;
}

/**
 * `inbox/pending` in the home: there while mail is pending, with the count and nothing else, written anew whenever some comes. For
 * agents that watch a folder. While nothing is pending it costs nothing.
 */
export function startSignalFile(options: SignalFileOptions): SignalFile {
  const { home, pending, everyMs = 1_000 } = options;
  const folder = join(home.path, 'inbox');
  const path = join(folder, 'pending');
  const stopping = new AbortController();
  const { signal } = stopping;
  let bell = Promise.withResolvers<void>();
  let came = true;
  let isFailing = false;

  const write = async (count: number) => {
    try {
      const displaced = home.place.look();
      if (displaced !== null) throw displaced;
      if (count === 0) await rm(path, { force: true });
      else {
        ensurePrivateFolder(folder);
        await writeDurably(path, `${count}\n`);
      }
      isFailing = false;
    } catch (error) {
      if (!isFailing) options.onFailure(error);
      isFailing = true;
    }
  };

  const run = async () => {
    for (let shown = -1; !signal.aborted;) {
      // Before the count is looked at: what comes while it is written must not wait for the next.
      const rung = bell.promise;
      const count = pending();
      const isNews = came && count > 0;
      came = false;
      if (isNews || count !== shown || isFailing) await write(count);
      shown = count;
      // What is taken is not told, and looked for only while there is something to take.
      if (count > 0 || isFailing) await Promise.race([delay(everyMs, undefined, { signal }), rung]);
      else await rung;
    }
  };
  const unsubscribe = options.subscribe(() => {
    came = true;
    bell.resolve();
    bell = Promise.withResolvers<void>();
  });
  const ended = run().catch(() => {});
  return {
    async stop() {
      stopping.abort();
      unsubscribe();
      bell.resolve();
      await ended;
    },
  };
}
