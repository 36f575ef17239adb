import { FileError, type FileErrorCode } from './errors.ts';

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

/** The `errno` name of an error of the operating system; `null` for any other error. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** What the operating system said of a file as a `FileError`; one that is already one stays as it is. */
export function fromSystemError(path: string, error: unknown): FileError {
  if (error instanceof FileError) return error;
  const errno = errnoOf(error);
  if (errno === 'ELOOP') {
    return new FileError('FILE_UNSAFE', { path, fault: 'symbolic-link', detail: 'a symbolic link', cause: error });
  }
  return new FileError(codes[errno ?? ''] ?? 'FILE_FAILED', { path, detail: errno ?? undefined, cause: error });
}
