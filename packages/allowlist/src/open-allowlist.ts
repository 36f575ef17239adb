import { dirname, resolve } from 'node:path';
import { wallClock } from '@xmtp-messaging/errors';
import { makeFolder, writeDurably } from '@xmtp-messaging/errors/files';
import { nameKey } from '@xmtp-messaging/errors/name';
import { checkedName, checkEntry } from './check-entry.ts';
import { insertEntry, removeEntry, renameEntry } from './edit-text.ts';
import { AllowlistError, asDoubt, closed, inDoubt, nameTaken, writeFailed } from './errors.ts';
import { withFileLock } from './with-file-lock.ts';
import { isolate } from './isolate.ts';
import { checkRows, entryOf, type ListedSender, type ParsedAllowlist, parseAllowlist } from './parse-allowlist.ts';
import { readPrivateFile, tooLarge } from './read-private-file.ts';
import type {
  Allowlist,
  AllowlistEntry,
  AllowlistEvent,
  AllowlistOptions,
  AllowlistStatus,
  EditOptions,
} from './types.ts';
import { watchFile } from './watch-file.ts';

const empty = checkRows('', { rows: [], layout: 'lines' });

/**
 * Opens the list of those who may write to an agent. A file in doubt does not make this throw: the list is then `unreadable`, nobody
 * is on it, the file is left alone, and `status()` says why.
 */
export async function openAllowlist(options: AllowlistOptions): Promise<Allowlist> {
  const {
    watch = true,
    settleMs = 100,
    pollMs = 1_000,
    lockTimeoutMs = 5_000,
    maxBytes = 16 * 1024 * 1024,
    now = wallClock,
    onEvent,
  } = options;
  const path = resolve(options.path);
  const listeners = new Set<(status: AllowlistStatus) => void>();
  const closing = new AbortController();
  let list: ParsedAllowlist | null = null;
  let loadedAt: number | null = null;
  let fault: AllowlistError | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const status = (): AllowlistStatus => ({
    state: list === null ? 'unreadable' : 'ready',
    count: list?.byAddress.size ?? 0,
    loadedAt,
    error: fault && { code: fault.code, message: fault.shortMessage, ...fault.position },
  });

  const emit = (event: AllowlistEvent) => onEvent && isolate(() => onEvent(event));

  const publish = () => {
    const current = status();
    const { count, error } = current;
    emit(error === null ? { type: 'list-loaded', count } : { type: 'list-unreadable', error });
    for (const listener of listeners) isolate(() => listener(current));
  };

  const accept = (next: ParsedAllowlist) => {
    if (list?.text === next.text && fault === null) return;
    list = next;
    fault = null;
    loadedAt = now();
    publish();
  };

  const doubt = (error: AllowlistError) => {
    if (fault?.message === error.message) return;
    list = null;
    fault = error;
    publish();
  };

  /** The file as it is now, also put into force; throws, and doubts, if it cannot be trusted. */
  const load = async (): Promise<ParsedAllowlist> => {
    try {
      const file = await readPrivateFile(path, maxBytes);
      if (typeof file?.tightenedFrom === 'number') emit({ type: 'mode-tightened', from: file.tightenedFrom });
      const text = file?.text ?? '';
      const next = list?.text === text ? list : text === '' ? empty : await parseAllowlist(text);
      accept(next);
      return next;
    } catch (error) {
      const known = asDoubt(error);
      doubt(known);
      throw known;
    }
  };

  /** One thing at a time, so that a slow read never puts old content over new. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(() => {
      if (closing.signal.aborted) throw closed();
      return task();
    });
    queue = result.catch(() => {});
    return result;
  };

  const reload = async (): Promise<void> => {
    try {
      await inTurn(load);
    } catch {
      // What was found is in status().
    }
  };

  const edit = <T>(
    { signal }: EditOptions,
    change: (current: ParsedAllowlist) => Promise<{ next: ParsedAllowlist | null; result: T }>,
  ): Promise<T> =>
    inTurn(async () => {
      const ends = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      ends.throwIfAborted();
      try {
        makeFolder(dirname(path));
        return await withFileLock({ path: `${path}.lock`, timeoutMs: lockTimeoutMs, signal: ends }, async () => {
          const current = await load().catch((cause: AllowlistError) => {
            throw inDoubt(path, cause);
          });
          const { next, result } = await change(current);
          if (next === null) return result;
          if (Buffer.byteLength(next.text) > maxBytes) throw tooLarge(maxBytes);
          await writeDurably(path, next.text, { locked: true });
          accept(next);
          return result;
        });
      } catch (error) {
        ends.throwIfAborted();
        throw error instanceof AllowlistError ? error : writeFailed(path, error);
      }
    });

  const lookUp = (current: ParsedAllowlist | null, addressOrName: string): ListedSender | null =>
    current?.byAddress.get(addressOrName.toLowerCase()) ?? current?.byName.get(nameKey(addressOrName)) ?? null;

  const stopWatching = watch
    ? await watchFile({ path, settleMs, pollMs, onChange: reload, onLost: () => emit({ type: 'watch-lost' }) })
    : () => {};
  await reload();

  return {
    has: (address) => {
      if (list === null) return false;
      // Lower-casing costs more than the look-up; senders nearly always come in lower case.
      return list.byAddress.has(address) || (/[A-Z]/.test(address) && list.byAddress.has(address.toLowerCase()));
    },
    find: (addressOrName) => {
      const sender = lookUp(list, addressOrName);
      return sender && entryOf(sender);
    },
    entries: () => (list === null ? [] : Array.from(list.byAddress.values(), entryOf)),
    status,
    add: async ({ address, name = null }, editOptions = {}) => {
      const entry = checkEntry(address, name);
      return await edit<{ added: boolean; entry: AllowlistEntry }>(editOptions, async (current) => {
        const listed = current.byAddress.get(entry.address.toLowerCase());
        if (listed) return { next: null, result: { added: false, entry: entryOf(listed) } };
        const namesake = entry.name === null ? undefined : current.byName.get(nameKey(entry.name));
        if (namesake) throw nameTaken(entryOf(namesake));
        return { next: await insertEntry(current, entry), result: { added: true, entry } };
      });
    },
    rename: async (addressOrName, name, editOptions = {}) => {
      const wanted = name === null ? null : checkedName(name);
      return await edit<AllowlistEntry | null>(editOptions, async (current) => {
        const sender = lookUp(current, addressOrName);
        if (sender === null || sender.name === wanted) return { next: null, result: sender && entryOf(sender) };
        const namesake = wanted === null ? undefined : current.byName.get(nameKey(wanted));
        if (namesake !== undefined && namesake !== sender) throw nameTaken(entryOf(namesake));
        const entry = { ...entryOf(sender), name: wanted };
        return { next: await renameEntry(current, sender, wanted), result: entry };
      });
    },
    remove: (addressOrName, editOptions = {}) =>
      edit(editOptions, async (current) => {
        const sender = lookUp(current, addressOrName);
        if (sender === null) return { next: null, result: null };
        return { next: await removeEntry(current, sender), result: entryOf(sender) };
      }),
    reload,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort(closed());
      stopWatching();
      await queue;
      list = null;
      fault = closed();
      listeners.clear();
    },
  };
}
