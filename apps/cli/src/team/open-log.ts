import { closeSync, constants, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { fromSystemError } from '@xmtp-messaging/errors/files';

/** A log file that is for its owner alone, and does not grow without end. */
export interface LogFile {
  line(text: string): void;
  close(): void;
}

/** Appends to a file; the one before it is kept as `PATH.1`. A disk that is full loses lines, not the team. @param maxBytes @default 10 MB @throws FileError */
export function openLog(path: string, maxBytes = 10_000_000): LogFile {
  let file = open(path);
  let size = fstatSync(file).size;
  return {
    line(text) {
      const bytes = Buffer.from(`${text}\n`);
      try {
        if (size + bytes.length > maxBytes) {
          closeSync(file);
          renameSync(path, `${path}.1`);
          file = open(path);
          size = 0;
        }
        size += writeSync(file, bytes);
      } catch {
        // What cannot be logged must not end what is running.
      }
    },
    close: () => closeSync(file),
  };
}

// Never through a link, which could lead what we append elsewhere.
function open(path: string): number {
  try {
    return openSync(path, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    throw fromSystemError(path, error);
  }
}
