import { BaseError } from '../base-error.ts';
import { type ErrorTexts, fillIn } from '../fill-in.ts';

/** What can be wrong with a file, a folder or a disk. */
export type FileErrorCode =
  /** Its owner, mode, kind or links are such that somebody else may have chosen its content. */
  | 'FILE_UNSAFE'
  /** It is larger than its reader takes. */
  | 'FILE_TOO_LARGE'
  /** ENOSPC, EDQUOT, EFBIG. */
  | 'DISK_FULL'
  /** EROFS. */
  | 'DISK_READ_ONLY'
  /** EIO and its like: the device or the remote file system fails. */
  | 'DISK_FAILED'
  /** EACCES, EPERM. */
  | 'NO_PERMISSION'
  /** EMFILE, ENFILE. */
  | 'TOO_MANY_OPEN_FILES'
  /** ENOENT where something must be. */
  | 'PATH_MISSING'
  /** What is in use does not stand at its path any more. */
  | 'PATH_MOVED'
  /** ENOTDIR, or a folder where a file should be. */
  | 'NOT_A_FOLDER'
  /** ENAMETOOLONG. */
  | 'PATH_TOO_LONG'
  /** ENOMEM. */
  | 'OUT_OF_MEMORY'
  /** Anything else that the operating system may answer. */
  | 'FILE_FAILED';

/** What each means and what to do. Any of them may pass, by an operator's hand or by itself. */
export const fileErrorTexts: ErrorTexts<FileErrorCode> = {
  FILE_UNSAFE: {
    what: 'Somebody else may have made or changed this file.',
    next: 'Check what it holds, then give it to this user, with mode 600.',
    retryable: true,
  },
  FILE_TOO_LARGE: { what: 'A file is larger than it can be.', next: 'Look at what it holds.', retryable: true },
  DISK_FULL: { what: 'The disk is full.', next: 'Free some space, or raise the quota.', retryable: true },
  DISK_READ_ONLY: {
    what: 'The file system is read-only.',
    next: 'Mount it for writing, or use a folder that can be written.',
    retryable: true,
  },
  DISK_FAILED: {
    what: 'The disk fails.',
    next: 'Look at the disk, its mount and the log of the kernel.',
    retryable: true,
  },
  NO_PERMISSION: {
    what: 'This user has no permission for a file or folder.',
    next: 'Give it to the user that this process runs as (chown), or run as its owner.',
    retryable: true,
  },
  TOO_MANY_OPEN_FILES: {
    what: 'Too many files are open.',
    next: 'Raise the limit of open files (ulimit -n, LimitNOFILE), or find who holds them.',
    retryable: true,
  },
  PATH_MISSING: { what: 'A file or folder is not there.', next: 'Make it, or correct the path.', retryable: true },
  PATH_MOVED: {
    what: 'What this program has open was moved, removed or replaced.',
    next: 'Put it back: that is noticed without a restart. If it is to stay elsewhere, stop this program and start it for that place. If it is gone for good, stop this program before anything new is put there.',
    retryable: true,
  },
  NOT_A_FOLDER: { what: 'A part of the path is no folder.', next: 'Move what is in its place away.', retryable: true },
  PATH_TOO_LONG: { what: 'The path is too long.', next: 'Use a shorter path.', retryable: true },
  OUT_OF_MEMORY: { what: 'There is not enough memory.', next: 'Give this process more.', retryable: true },
  FILE_FAILED: {
    what: 'A file cannot be used.',
    next: 'Look at the code that the operating system gave.',
    retryable: true,
  },
};

/** What makes a file or folder one that somebody else may have chosen. */
export type FileFault = 'symbolic-link' | 'hard-link' | 'kind' | 'owner' | 'mode';

/** What completes the fixed text of a code. */
export interface FileErrorFacts {
  /** Of the file or folder, as it was given. */
  path: string;
  /** Only for `FILE_UNSAFE`. */
  fault?: FileFault | undefined;
  /** What is wrong with this one, in a sentence. @default nothing more than the path */
  detail?: string | undefined;
  /** @default the text of the code */
  next?: string | undefined;
  /** The error of the system behind it. @default none */
  cause?: unknown;
}

/**
 * A file or folder that cannot be used, or a disk that fails.
 */
export class FileError extends BaseError<FileErrorCode> {
  override readonly name = 'FileError';
  /** Of the file or folder, as it was given. */
  readonly path: string;
  /** What is unsafe about it; `null` but for `FILE_UNSAFE`. */
  readonly fault: FileFault | null;
  /** What is wrong with this one, or the name of the system's error; words that follow the path. */
  readonly detail: string | null;

  constructor(code: FileErrorCode, { path, fault, detail, next, cause }: FileErrorFacts) {
    const where = detail === undefined ? path : `${path}: ${detail}`;
    super(fillIn(fileErrorTexts, { code, metaMessages: [where, next ?? fileErrorTexts[code].next], cause }));
    this.path = path;
    this.fault = fault ?? null;
    this.detail = detail ?? null;
  }
}
