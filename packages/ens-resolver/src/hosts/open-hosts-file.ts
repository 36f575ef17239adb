import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createElapsedClock } from '@xmtp-messaging/errors';
import { ResolveError } from '../resolve-error.ts';

/** Where local names come from. */
export interface HostsOptions {
  /** A YAML mapping of names to addresses, at most 1 MiB. */
  path: string;
}

/** A hosts file, read again when it has changed. */
export interface HostsFile {
  /** Whether the file was looked at within the last second, without trouble. */
  isCurrent(): boolean;
  /**
   * Looks at the file and reads it again if it changed.
   * @throws ResolveError HOSTS_UNREADABLE, HOSTS_INVALID: then no name may be resolved, or a broken file would
   * silently send messages for a local name to whoever owns it elsewhere.
   */
  refresh(): Promise<void>;
  /** The addresses as of the last refresh. */
  hosts(): ReadonlyMap<string, `0x${string}`>;
  /** When they were read, milliseconds since the epoch. */
  loadedAt(): number;
}

const lookAgainMs = 1_000;
const maxBytes = 1_048_576;

/** @param now Milliseconds since the epoch. */
export function openHostsFile({ path }: HostsOptions, now: () => number): HostsFile {
  const elapsed = createElapsedClock(now);
  let seen: string | null = null;
  let hosts: ReadonlyMap<string, `0x${string}`> = new Map();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let loadedAt = 0;
  let refreshing: Promise<void> | null = null;

  async function load(): Promise<void> {
    lookedAt = Number.NEGATIVE_INFINITY;
    const time = elapsed();
    const { version, text } = await readVersion(path, seen);
    if (text !== null) {
      // Loaded with its YAML library only by those who have such a file.
      const { parseHosts } = await import('./parse-hosts.ts');
      const parsed = parseHosts(text);
      if (!parsed.ok) throw invalid(path, parsed.reason, parsed.line);
      hosts = parsed.hosts;
      seen = version;
      loadedAt = now();
    }
    lookedAt = time;
  }

  return {
    isCurrent() {
      return elapsed() - lookedAt < lookAgainMs;
    },
    refresh() {
      refreshing ??= load().finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
    hosts: () => hosts,
    loadedAt: () => loadedAt,
  };
}

/** `text` is `null` when the file is the one already seen. */
async function readVersion(path: string, seen: string | null): Promise<{ version: string; text: string | null }> {
  try {
    // Without O_NONBLOCK, opening a pipe waits for a writer for ever.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat({ bigint: true });
    const { dev, ino, size, mode, mtimeNs, ctimeNs } = stat;
    if (!stat.isFile()) throw invalid(path, 'it is not a file', null);
    const version = [dev, ino, size, mtimeNs, ctimeNs].join(':');
    if (version === seen) return { version, text: null };
    if ((mode & 0o002n) !== 0n) throw invalid(path, 'everybody can write to it (chmod o-w)', null);
    if (size > maxBytes) throw invalid(path, `it is larger than ${maxBytes} bytes`, null);
    return { version, text: await file.readFile('utf8') };
  } catch (cause) {
    if (cause instanceof ResolveError) throw cause;
    throw new ResolveError({
      code: 'HOSTS_UNREADABLE',
      source: 'hosts',
      reason: `The hosts file ${path} cannot be read, so no name is resolved.`,
      hints: ['Create it, correct its path or permissions, or switch the hosts file off.'],
      cause,
    });
  }
}

function invalid(path: string, reason: string, line: number | null): ResolveError {
  return new ResolveError({
    code: 'HOSTS_INVALID',
    source: 'hosts',
    reason: `The hosts file ${path} cannot be used, so no name is resolved: ${reason}${line === null ? '' : ` (line ${line})`}.`,
    hints: ['Correct the file; it is read again by itself.'],
  });
}
