import { statfsSync } from 'node:fs';
import type { MailboxError } from '../errors.ts';
import { explainFailure } from './explain-failure.ts';
import type { HomePaths } from './open-home.ts';
import { probeFolder } from './probe-folder.ts';

/** Less than this is worth a closer look. */
const scarceBytes = 1_048_576;

/** Knows whether the disk of a home can be written, and remembers a trouble until a look shows that it is over. */
export interface DiskWatch {
  /** A failure by the name that fits best. */
  explain: (error: unknown) => unknown;
  /** To be asked now and then: what is wrong, else `null`. Writes only while something may be. */
  look: () => MailboxError | null;
}

export function watchDisk(paths: HomePaths): DiskWatch {
  let isInDoubt = false;
  return {
    explain(error) {
      const known = explainFailure(paths, error);
      if (known !== error) isInDoubt = true;
      return known;
    },
    look() {
      if (!isInDoubt && !isScarce(paths.root)) return null;
      const found = probeFolder(paths.database);
      isInDoubt = found !== null;
      return found;
    },
  };
}

function isScarce(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < scarceBytes;
  } catch {
    // A file system that cannot say so is found out by what fails.
    return false;
  }
}
