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
  /** ENOTDIR, or a folder where a file should be. */
  | 'NOT_A_FOLDER'
  /** ENAMETOOLONG. */
  | 'PATH_TOO_LONG'
  /** ENOMEM. */
  | 'OUT_OF_MEMORY'
  /** Anything else that the operating system may answer. */
  | 'FILE_FAILED';

/** What each means and what to do. */
export const fileErrorTexts: Readonly<Record<FileErrorCode, { what: string; next: string }>> = {
  FILE_UNSAFE: {
    what: 'Somebody else may have made or changed this file.',
    next: 'Check what it holds, then give it to this user, with mode 600.',
  },
  FILE_TOO_LARGE: { what: 'A file is larger than it can be.', next: 'Look at what it holds.' },
  DISK_FULL: { what: 'The disk is full.', next: 'Free some space, or raise the quota.' },
  DISK_READ_ONLY: {
    what: 'The file system is read-only.',
    next: 'Mount it for writing, or use a folder that can be written.',
  },
  DISK_FAILED: { what: 'The disk fails.', next: 'Look at the disk, its mount and the log of the kernel.' },
  NO_PERMISSION: {
    what: 'This user has no permission for a file or folder.',
    next: 'Give it to the user that this process runs as (chown), or run as its owner.',
  },
  TOO_MANY_OPEN_FILES: {
    what: 'Too many files are open.',
    next: 'Raise the limit of open files (ulimit -n, LimitNOFILE), or find who holds them.',
  },
  PATH_MISSING: { what: 'A file or folder is not there.', next: 'Make it, or correct the path.' },
  NOT_A_FOLDER: { what: 'A part of the path is no folder.', next: 'Move what is in its place away.' },
  PATH_TOO_LONG: { what: 'The path is too long.', next: 'Use a shorter path.' },
  OUT_OF_MEMORY: { what: 'There is not enough memory.', next: 'Give this process more.' },
  FILE_FAILED: { what: 'A file cannot be used.', next: 'Look at the code that the operating system gave.' },
};

const codes: Readonly<Record<string, FileErrorCode>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EFBIG: 'DISK_FULL',
  EROFS: 'DISK_READ_ONLY',
  EIO: 'DISK_FAILED',
  ENODEV: 'DISK_FAILED',
  ENXIO: 'DISK_FAILED',
  ESTALE: 'DISK_FAILED',
  ENOTCONN: 'DISK_FAILED',
  ETIMEDOUT: 'DISK_FAILED',
  EACCES: 'NO_PERMISSION',
  EPERM: 'NO_PERMISSION',
  EMFILE: 'TOO_MANY_OPEN_FILES',
  ENFILE: 'TOO_MANY_OPEN_FILES',
  ENOENT: 'PATH_MISSING',
  ENOTDIR: 'NOT_A_FOLDER',
  EISDIR: 'NOT_A_FOLDER',
  EEXIST: 'NOT_A_FOLDER',
  ENAMETOOLONG: 'PATH_TOO_LONG',
  ENOMEM: 'OUT_OF_MEMORY',
};

/** The code for an `errno` name such as `ENOSPC`. */
export function fileErrorCode(errno: string | undefined): FileErrorCode {
  return codes[errno ?? ''] ?? 'FILE_FAILED';
}
