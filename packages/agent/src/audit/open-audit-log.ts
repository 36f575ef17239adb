import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, constants, fsyncSync, ftruncateSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fromSystemError, type PlaceWatch } from '@xmtp-messaging/errors/files';
import type { AgentLogger } from '../telemetry-types.ts';
import type { AuditActor, AuditLine, AuditRecord } from './audit-line-schema.ts';
import { hashOf, noLine } from './hash-of.ts';
import { verifyAuditLog } from './verify-audit-log.ts';

/** Options of `openAuditLog`. */
export interface AuditLogOptions {
  /** The home folder. */
  home: string;
  /** Whether it is still that folder; what is to be written waits while it is not. @default nobody looks */
  place?: Pick<PlaceWatch, 'look'> | undefined;
  logger: AgentLogger;
  now: () => number;
}

/** Who changed what trust when. */
export interface AuditLog {
  /** Appends, on disk when it returns. A disk that refuses keeps it for the next time and is told of; it never throws. */
  record(record: AuditRecord): void;
  /** Changes that come of `change` are by this actor. */
  as<T>(by: AuditActor, change: () => Promise<T>): Promise<T>;
  /** Who changes something now; `file` outside of `as`. */
  actor(): AuditActor;
  /** What a line of the past said last: the digest of a `list`, or the mode; `undefined` when none did. */
  last(of: { list: string } | 'mode'): string | undefined;
  /** The last lines, oldest first, at most 1,000. */
  recent(): readonly AuditLine[];
  /** The first line that was altered since it was written, or `null`. */
  readonly brokenAt: number | null;
}

// Windows does not know the last flag.
const toAppend = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

const maxRecent = 1000;

/** Name of the file in the home folder. */
export const auditFile = 'audit.log';

/**
 * Opens the log of a home and checks what it holds. A broken one is told of and set aside, for whoever looks into it, and
 * the first line of the new one says so.
 * @throws FileError FILE_UNSAFE, or what the operating system said
 */
export function openAuditLog({ home, place, logger, now }: AuditLogOptions): AuditLog {
  const path = join(home, auditFile);
  const actors = new AsyncLocalStorage<AuditActor>();
  const past = new Map<string, string>();
  let brokenAt: number | null = null;
  let [seq, previous, size] = [0, noLine, 0];
  let waiting: AuditRecord[] = [];
  let recent: AuditLine[] = [];

  /** Reads what is there: at the start, and when somebody else has written since. */
  const read = () => {
    const found = verifyAuditLog(path);
    for (const { list, digest, mode } of found.lines) {
      if (list !== undefined && digest !== undefined) past.set(`list ${list}`, digest);
      if (mode !== undefined) past.set('mode', mode);
    }
    if (found.brokenAt !== null) {
      const aside = `${auditFile}.broken-${new Date(now()).toISOString().replaceAll(/[:.]/gu, '-')}`;
      renameSync(path, join(home, aside));
      logger.error({ event: 'audit-broken', line: found.brokenAt, aside });
      brokenAt = found.brokenAt;
      waiting.unshift({ by: 'file', action: 'log-broken', count: found.brokenAt, digest: found.head });
      [seq, previous, size, recent] = [0, noLine, 0, []];
      return;
    }
    if (found.lines.length < seq) {
      logger.error({ event: 'audit-cut', lines: seq, left: found.lines.length });
      waiting.unshift({ by: 'file', action: 'log-cut', count: seq, digest: previous });
    }
    [seq, previous, size] = [found.lines.length, found.head, found.wholeBytes];
    recent = found.lines.slice(-maxRecent);
  };
  read();

  const write = (text: string) => {
    const file = openSync(path, toAppend, 0o600);
    try {
      // Part of a line that a crash left was never told to anybody as written.
      ftruncateSync(file, size);
      writeSync(file, text);
      fsyncSync(file);
      size += Buffer.byteLength(text);
    } finally {
      closeSync(file);
    }
  };

  return {
    get brokenAt() {
      return brokenAt;
    },
    recent: () => recent,
    as: (by, change) => actors.run(by, change),
    actor: () => actors.getStore() ?? 'file',
    last: (of) => past.get(of === 'mode' ? 'mode' : `list ${of.list}`),
    record(record) {
      waiting.push(record);
      try {
        const displaced = place?.look() ?? null;
        if (displaced !== null) throw displaced;
        // One process at a time owns a home, but one that waits for it may have looked before the other wrote.
        if (sizeOf(path) !== size) read();
        const [text, nextSeq, nextPrevious, lines] = toLines();
        write(text);
        recent = [...recent, ...lines].slice(-maxRecent);
        [seq, previous, waiting] = [nextSeq, nextPrevious, []];
        logger.info({ event: 'trust-changed', by: record.by, action: record.action, seq, head: previous });
      } catch (error) {
        waiting = waiting.slice(-1000);
        logger.error({ event: 'audit-not-written', code: fromSystemError(path, error).code, waiting: waiting.length });
      }
    },
  };

  function toLines(): [text: string, seq: number, previous: string, lines: AuditLine[]] {
    let text = '';
    const lines: AuditLine[] = [];
    let [nextSeq, nextPrevious] = [seq, previous];
    for (const each of waiting) {
      nextSeq += 1;
      const line = { seq: nextSeq, at: new Date(now()).toISOString(), ...each, previous: nextPrevious };
      const clean = JSON.parse(JSON.stringify(line)) as typeof line;
      nextPrevious = hashOf(clean);
      lines.push({ ...clean, hash: nextPrevious });
      text += `${JSON.stringify(lines.at(-1))}\n`;
    }
    return [text, nextSeq, nextPrevious, lines];
  }
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
