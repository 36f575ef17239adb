import { FileError } from './file-error.ts';
import { fileErrorCode } from './file-error-texts.ts';

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
  return new FileError(fileErrorCode(errno ?? undefined), { path, detail: errno ?? undefined, cause: error });
}
