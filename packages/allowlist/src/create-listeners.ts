import { isolate } from './isolate.ts';
import type { AllowlistStatus, ListListener } from './types.ts';
import { within } from './within.ts';

/** Nobody who never ends keeps a list from being read: somebody may have been denied in it. */
const longestMs = 10_000;

/** Those who are told of each change. */
export interface Listeners {
  add: (listener: ListListener) => () => void;
  /** Calls all of them in one go; resolves when those that return a promise are done, or after ten seconds. */
  tell: (status: AllowlistStatus) => Promise<void>;
  clear: () => void;
}

/** @param limit How long a change waits for those who are told of it. @default ten seconds */
export function createListeners(limit = () => AbortSignal.timeout(longestMs)): Listeners {
  const listeners = new Set<ListListener>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async tell(status) {
      const busy: Promise<unknown>[] = [];
      for (const listener of listeners) {
        isolate(() => {
          const work = listener(status);
          if (work instanceof Promise) busy.push(work.catch(rethrow));
        });
      }
      if (busy.length === 0) return;
      await within(limit(), () => Promise.all(busy)).catch(() => undefined);
    },
    clear: () => listeners.clear(),
  };
}

function rethrow(error: unknown): void {
  isolate(() => {
    throw error;
  });
}
