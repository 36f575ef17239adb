import { statSync } from 'node:fs';
import { FileError } from './errors.ts';
import { fromSystemError } from './from-system-error.ts';

/** Whether what was opened is still what stands at its path. */
export interface PlaceWatch {
  /** Also for what stands at these paths now. */
  add(...paths: string[]): void;
  /** Why it is not so: PATH_MOVED, or what the operating system said. `null` when it is. One look at each path. */
  look(): FileError | null;
}

/**
 * Remembers which files and folders stand at these paths. Whoever keeps one of them open would, once it is moved or removed, go on with
 * what nobody finds again, and write what he writes by its path into what has taken its place. Device and inode tell (POSIX `stat`): those
 * of an open file are given to no other.
 * @throws FileError what the operating system said
 */
export function watchPlace(...paths: string[]): PlaceWatch {
  const known = new Map<string, string>();
  const add = (...more: string[]) => {
    for (const path of more) known.set(path, identify(path));
  };
  add(...paths);
  return {
    add,
    look() {
      for (const [path, identity] of known) {
        try {
          if (identify(path) !== identity) return moved(path, 'something else is there.');
        } catch (error) {
          const failure = error as FileError;
          return ['PATH_MISSING', 'NOT_A_FOLDER'].includes(failure.code) ? moved(path, 'nothing is there.') : failure;
        }
      }
      return null;
    },
  };
}

function identify(path: string): string {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch (error) {
    throw fromSystemError(path, error);
  }
}

const moved = (path: string, detail: string) => new FileError('PATH_MOVED', { path, detail });
