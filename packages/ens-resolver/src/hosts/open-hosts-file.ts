import { createElapsedClock, decodeText } from '@xmtp-messaging/errors';
import { FileError, readPrivateFile } from '@xmtp-messaging/errors/files';
import { ResolveError } from '../errors.ts';

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
  let seen: Buffer | null = null;
  let hosts: ReadonlyMap<string, `0x${string}`> = new Map();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let loadedAt = 0;
  let refreshing: Promise<void> | null = null;

  async function load(): Promise<void> {
    lookedAt = Number.NEGATIVE_INFINITY;
    const time = elapsed();
    const bytes = await readHosts(path);
    if (seen === null || !seen.equals(bytes)) {
      const decoded = decodeText(bytes);
      if (!decoded.ok) throw invalid(path, `it ${decoded.why}`, null);
      // Loaded with its YAML library only by those who have such a file.
      const { parseHosts } = await import('./parse-hosts.ts');
      const parsed = parseHosts(decoded.text);
      if (!parsed.ok) throw invalid(path, parsed.reason, parsed.line);
      hosts = parsed.hosts;
      seen = bytes;
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

/** Its content decides where messages go, so nobody else may have chosen it. @throws ResolveError */
async function readHosts(path: string): Promise<Buffer> {
  try {
    const file = await readPrivateFile(path, { others: 'read', maxBytes });
    if (file !== null) return file.bytes;
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause;
    if (cause.code === 'FILE_UNSAFE')
      throw invalid(path, cause.detail ?? 'somebody else may have written it', null, cause);
    if (cause.code === 'FILE_TOO_LARGE') throw invalid(path, `it is larger than ${maxBytes} bytes`, null);
    throw unreadable(path, cause);
  }
  throw unreadable(path);
}

function unreadable(path: string, cause?: FileError): ResolveError {
  const why = cause?.detail ?? 'it is not there';
  return new ResolveError({
    code: 'HOSTS_UNREADABLE',
    source: 'hosts',
    reason: `The hosts file ${path} cannot be read, so no name is resolved: ${why}.`,
    cause,
  });
}

function invalid(path: string, reason: string, line: number | null, cause?: FileError): ResolveError {
  return new ResolveError({
    code: 'HOSTS_INVALID',
    source: 'hosts',
    reason: `The hosts file ${path} cannot be used, so no name is resolved: ${reason}${line === null ? '' : ` (line ${line})`}.`,
    hints: [...(cause?.metaMessages.slice(1) ?? []), 'Correct the file; it is read again by itself.'],
    cause,
  });
}
