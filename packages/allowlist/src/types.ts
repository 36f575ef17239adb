import type { AllowlistErrorCode } from './errors.ts';

/** Somebody who may write to the agent. */
export interface AllowlistEntry {
  /** EIP-55. */
  readonly address: `0x${string}`;
  /**
   * What was pinned to the address when it was added; never used to admit anybody. An ENS name, in ENSIP-15 form, or a
   * label for people.
   */
  readonly name: string | null;
}

/** Whether the list can be trusted right now. */
export interface AllowlistStatus {
  /** `unreadable`: the file is in doubt, and nobody is on the list until it is mended. */
  readonly state: 'ready' | 'unreadable';
  /** Senders on the list; 0 while unreadable. */
  readonly count: number;
  /** When the content in force was first read, in ms since the epoch; `null` if it never was. */
  readonly loadedAt: number | null;
  /** Why the file is in doubt. */
  readonly error: AllowlistFault | null;
}

/** Why a file is in doubt. */
export interface AllowlistFault {
  /** As an `AllowlistError` would have it. */
  readonly code: AllowlistErrorCode;
  /** One sentence. */
  readonly message: string;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
}

/** What happened to the list, for logs. Never part of a decision. */
export type AllowlistEvent =
  /** New content is in force. */
  | { readonly type: 'list-loaded'; readonly count: number }
  /** The file is in doubt; nobody is heard. */
  | { readonly type: 'list-unreadable'; readonly error: AllowlistFault }
  /** Others could read the file; its mode is 0600 now. */
  | { readonly type: 'mode-tightened'; readonly from: number }
  /** The operating system's file watch ended; polling goes on. */
  | { readonly type: 'watch-lost' };

/** Options of `openAllowlist`. */
export interface AllowlistOptions {
  /** The YAML file. It need not exist: no file is an empty list. */
  path: string;
  /** Follow changes that others make to the file. @default true */
  watch?: boolean | undefined;
  /** How long a file must rest before a change of it is read, in ms: editors write in steps. @default 100 */
  settleMs?: number | undefined;
  /** How often the file is looked at where the watch says nothing, as for one that is not there yet, in ms. @default 1_000 */
  pollMs?: number | undefined;
  /** How long an edit waits for another process's edit, in ms. @default 5_000 */
  lockTimeoutMs?: number | undefined;
  /** Larger files are refused, in bytes. @default 16_777_216 */
  maxBytes?: number | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** Told of every change. It must not throw. @default none */
  onEvent?: ((event: AllowlistEvent) => void) | undefined;
}

/** Options of an edit. */
export interface EditOptions {
  /** Ends the wait for the lock. @default none */
  signal?: AbortSignal | undefined;
}

/** Which entries, in file order. */
export interface ListRange {
  /** How many to pass over. @default 0 */
  offset?: number | undefined;
  /** How many at the most. @default all */
  limit?: number | undefined;
}

/** What a list holds at one moment, by address or id in lower case, in file order. It stays as it is when the list changes. */
export type ListSnapshot = ReadonlyMap<string, { readonly name: string | null }>;

/** Told of a change when it is in force. What it throws is its own failure and not the list's. */
export type ListListener = (status: AllowlistStatus) => unknown;

/** The file behind a list. */
export interface ListFile extends AsyncDisposable {
  /** Cheap and local. */
  status(): AllowlistStatus;
  /** Reads the file now. What it finds is in `status()`; it does not throw for a bad file. */
  reload(): Promise<void>;
  /**
   * Calls `listener` after every change of the status; returns the way to stop that. Where it returns a promise, the file is not read
   * again, and an edit does not answer, before that is settled, for ten seconds at the most.
   */
  subscribe(listener: ListListener): () => void;
  /** What is listed now, without any work; empty unless the state is `ready`. */
  snapshot(): ListSnapshot;
  /** Stops watching; from then on nobody is on the list. `await using` does it too. */
  close(): Promise<void>;
}

/** Who may write to an agent. */
export interface Allowlist extends ListFile {
  /** Whether this address is listed; false for everybody unless the state is `ready`. Any letter case. Constant time. */
  has: (address: string) => boolean;
  /** The entry with this address or this name, in any spelling that ENSIP-15 takes for the same name, or `null`. */
  find(addressOrName: string): AllowlistEntry | null;
  /** Entries in file order, all by default; empty unless the state is `ready`. Each takes a checksum: ask for as many as are shown. */
  entries(range?: ListRange): AllowlistEntry[];
  /**
   * Appends an entry: an `address` in any letter case, and a `name`, or free words, for people. An address that is listed stays as it is;
   * `rename` changes its name.
   * @throws AllowlistError INVALID_ADDRESS, BAD_CHECKSUM, ZERO_ADDRESS, INVALID_NAME, NAME_TAKEN, ALLOWLIST_UNREADABLE, ALLOWLIST_TOO_LARGE,
   *   ALLOWLIST_LOCKED, ALLOWLIST_WRITE_FAILED, ALLOWLIST_CLOSED; the signal's reason.
   */
  add(
    entry: { address: string; name?: string | null | undefined },
    options?: EditOptions,
  ): Promise<{ added: boolean; entry: AllowlistEntry }>;
  /**
   * Gives an entry another name or, with `null`, none, in its place in the file. Returns the entry as it is now; `null` if
   * there is none. @throws AllowlistError as `add`.
   */
  rename(addressOrName: string, name: string | null, options?: EditOptions): Promise<AllowlistEntry | null>;
  /** Removes an entry and returns it; `null` if there is none. @throws AllowlistError as `add`. */
  remove(addressOrName: string, options?: EditOptions): Promise<AllowlistEntry | null>;
}

/** A group that the operator listed. */
export interface GroupEntry {
  /** Lower case. */
  readonly conversationId: string;
  /** What the operator calls it; never what its members call it. */
  readonly name: string | null;
}

/**
 * The groups that an operator listed. An id is no proof of who made a group, so a place here is never a reason to hear somebody: it
 * only says in which groups those who may be heard are.
 */
export interface GroupList extends ListFile {
  /** Whether this group is listed; false for every one unless the state is `ready`. Constant time. */
  has: (conversationId: string) => boolean;
  /** The entry with this id or name, or `null`. */
  find(idOrName: string): GroupEntry | null;
  /** Entries in file order, all by default; empty unless the state is `ready`. */
  entries(range?: ListRange): GroupEntry[];
  /**
   * Appends an entry: a group by its `conversationId`, and a `name`, free words, for people. A group that is listed stays as it is; `rename`
   * changes its name.
   * @throws AllowlistError INVALID_GROUP, INVALID_NAME, NAME_TAKEN, and of the file as `add` of an allowlist; the signal's reason.
   */
  add(
    entry: { conversationId: string; name?: string | null | undefined },
    options?: EditOptions,
  ): Promise<{ added: boolean; entry: GroupEntry }>;
  /** @throws AllowlistError as `add`. */
  rename(idOrName: string, name: string | null, options?: EditOptions): Promise<GroupEntry | null>;
  /** Removes an entry and returns it; `null` if there is none. @throws AllowlistError as `add`. */
  remove(idOrName: string, options?: EditOptions): Promise<GroupEntry | null>;
}
