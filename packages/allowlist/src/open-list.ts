import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { atOnce, wallClock } from '@xmtp-messaging/errors';
import { makeFolder, writeDurably } from '@xmtp-messaging/errors/files';
import { nameKey } from '@xmtp-messaging/errors/name';
import { checkedName, checkEntry } from './check-entry.ts';
import { insertEntry, removeEntry, renameEntry } from './edit-text.ts';
import { createListeners } from './create-listeners.ts';
import { AllowlistError, asDoubt, closed, folderGone, inDoubt, nameTaken, writeFailed } from './errors.ts';
import { withFileLock } from './with-file-lock.ts';
import { isolate } from './isolate.ts';
import type { ListKind } from './list-kinds.ts';
import type { ListEntry } from './list-entry.ts';
import { checkRows, entryOf, inRange, type Listed, type ParsedList, parseList } from './parse-list.ts';
import { readPrivateFile, tooLarge } from './read-private-file.ts';
import type {
  AllowlistEvent,
  AllowlistOptions,
  AllowlistStatus,
  EditOptions,
  ListFile,
  ListRange,
  ListSnapshot,
} from './types.ts';
import { watchFile } from './watch-file.ts';

/** A list in a file, whatever its entries name. */
export interface List extends ListFile {
  has: (id: string) => boolean;
  find: (idOrName: string) => ListEntry | null;
  entries: (range?: ListRange) => ListEntry[];
  snapshot: () => ListSnapshot;
  add: (
    entry: { id: string; name?: string | null | undefined },
    options?: EditOptions,
  ) => Promise<{ added: boolean; entry: ListEntry }>;
  rename: (idOrName: string, name: string | null, options?: EditOptions) => Promise<ListEntry | null>;
  remove: (idOrName: string, options?: EditOptions) => Promise<ListEntry | null>;
}

/** @throws AllowlistError INVALID_OPTION: a list in the working directory, or one that nobody can lock, was never meant */
function requireOptions({ path, settleMs = 0, pollMs = 1, lockTimeoutMs = 0, maxBytes = 1 }: AllowlistOptions): void {
  const refuse = (name: string, must: string) => {
    throw new AllowlistError({ code: 'INVALID_OPTION', shortMessage: `The option ${name} must be ${must}.` });
  };
  if (typeof path !== 'string' || path === '') refuse('path', 'the path of a file');
  for (const [name, value] of Object.entries({ settleMs, pollMs, lockTimeoutMs, maxBytes }))
    if (typeof value !== 'number' || !(value >= 0)) refuse(name, 'a number that is not negative');
}

/** A file in doubt does not make this throw: the list is then `unreadable`, nothing is on it, and the file is left alone. */
export async function openList(options: AllowlistOptions, kind: ListKind): Promise<List> {
  const {
    watch = true,
    settleMs = 100,
    pollMs = 1_000,
    lockTimeoutMs = 5_000,
    maxBytes = 16 * 1024 * 1024,
    now = wallClock,
    onEvent,
  } = options;
  requireOptions(options);
  const empty = atOnce(checkRows({ text: '', rows: { rows: [], layout: 'lines' }, kind }));
  const path = resolve(options.path);
  const listening = createListeners();
  const closing = new AbortController();
  let list: ParsedList | null = null;
  let loadedAt: number | null = null;
  let fault: AllowlistError | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const folder = dirname(path);
  /** The folder has been there. */
  let hadFolder = false;

  const status = (): AllowlistStatus => ({
    state: list === null ? 'unreadable' : 'ready',
    count: list?.byId.size ?? 0,
    loadedAt,
    error: fault && { code: fault.code, message: fault.shortMessage, ...fault.position },
  });

  const emit = (event: AllowlistEvent) => onEvent && isolate(() => onEvent(event));

  /** It is in force before anybody hears of it; the next change waits for those who are busy with this one. */
  const publish = async () => {
    const current = status();
    const { count, error } = current;
    emit(error === null ? { type: 'list-loaded', count } : { type: 'list-unreadable', error });
    await listening.tell(current);
  };

  const accept = async (next: ParsedList) => {
    if (list?.text === next.text && fault === null) return;
    list = next;
    fault = null;
    loadedAt = now();
    await publish();
  };

  const doubt = async (error: AllowlistError) => {
    if (fault?.message === error.message) return;
    list = null;
    fault = error;
    await publish();
  };

  /** The file as it is now, also put into force; throws, and doubts, if it cannot be trusted. */
  const load = async (): Promise<ParsedList> => {
    try {
      const file = await readPrivateFile(path, maxBytes);
      if (file !== null || existsSync(folder)) hadFolder = true;
      else if (hadFolder) throw folderGone(folder);
      if (typeof file?.tightenedFrom === 'number') emit({ type: 'mode-tightened', from: file.tightenedFrom });
      const text = file?.text ?? '';
      const next = list?.text === text ? list : text === '' ? empty : await parseList(text, { kind, known: list });
      await accept(next);
      return next;
    } catch (error) {
      const known = asDoubt(error);
      await doubt(known);
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
    change: (current: ParsedList) => Promise<{ next: ParsedList | null; result: T }>,
  ): Promise<T> =>
    inTurn(async () => {
      const ends = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      ends.throwIfAborted();
      try {
        if (!hadFolder) makeFolder(folder);
        return await withFileLock({ path: `${path}.lock`, timeoutMs: lockTimeoutMs, signal: ends }, async () => {
          const current = await load().catch((cause: AllowlistError) => {
            throw inDoubt(path, cause);
          });
          const { next, result } = await change(current);
          if (next === null) return result;
          if (Buffer.byteLength(next.text) > maxBytes) throw tooLarge(maxBytes);
          await writeDurably(path, next.text, { locked: true });
          await accept(next);
          return result;
        });
      } catch (error) {
        ends.throwIfAborted();
        throw error instanceof AllowlistError ? error : writeFailed(path, error);
      }
    });

  const shown = (listed: Listed) => entryOf({ kind }, listed);

  const lookUp = (current: ParsedList | null, idOrName: string): Listed | null =>
    typeof idOrName !== 'string'
      ? null
      : (current?.byId.get(idOrName.toLowerCase()) ?? current?.byName.get(nameKey(idOrName)) ?? null);

  const stopWatching = watch
    ? await watchFile({ path, settleMs, pollMs, onChange: reload, onLost: () => emit({ type: 'watch-lost' }) })
    : () => {};
  await reload();

  const close = async () => {
    closing.abort(closed());
    stopWatching();
    await queue;
    list = null;
    fault = closed();
    listening.clear();
  };

  return {
    has: (id) => {
      if (list === null) return false;
      // Lower-casing costs more than the look-up; senders nearly always come in lower case.
      return list.byId.has(id) || (typeof id === 'string' && /[A-Z]/.test(id) && list.byId.has(id.toLowerCase()));
    },
    find: (idOrName) => {
      const sender = lookUp(list, idOrName);
      return sender && shown(sender);
    },
    entries: (range) => (list === null ? [] : Array.from(inRange(list, range), shown)),
    snapshot: () => (list ?? empty).byId,
    status,
    add: async ({ id, name = null }, editOptions = {}) => {
      const entry = checkEntry(id, name, kind);
      return await edit<{ added: boolean; entry: ListEntry }>(editOptions, async (current) => {
        const listed = current.byId.get(entry.id.toLowerCase());
        if (listed) return { next: null, result: { added: false, entry: shown(listed) } };
        const namesake = entry.name === null ? undefined : current.byName.get(nameKey(entry.name));
        if (namesake) throw nameTaken(shown(namesake));
        return { next: await insertEntry(current, entry), result: { added: true, entry } };
      });
    },
    rename: async (idOrName, name, editOptions = {}) => {
      const wanted = name === null ? null : checkedName(name);
      return await edit<ListEntry | null>(editOptions, async (current) => {
        const sender = lookUp(current, idOrName);
        if (sender === null || sender.name === wanted) return { next: null, result: sender && shown(sender) };
        const namesake = wanted === null ? undefined : current.byName.get(nameKey(wanted));
        if (namesake !== undefined && namesake !== sender) throw nameTaken(shown(namesake));
        const entry = { ...shown(sender), name: wanted };
        return { next: await renameEntry(current, sender, wanted), result: entry };
      });
    },
    remove: (idOrName, editOptions = {}) =>
      edit(editOptions, async (current) => {
        const sender = lookUp(current, idOrName);
        if (sender === null) return { next: null, result: null };
        return { next: await removeEntry(current, sender), result: shown(sender) };
      }),
    reload,
    subscribe: listening.add,
    close,
    [Symbol.asyncDispose]: close,
  };
}
