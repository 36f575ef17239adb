import { BaseError } from '../base-error.ts';
import { fileErrorTexts, type FileErrorCode } from './file-error-texts.ts';

/** What makes a file or folder one that somebody else may have chosen. */
export type FileFault = 'symbolic-link' | 'hard-link' | 'kind' | 'owner' | 'mode';

/** What completes the fixed text of a code. */
export interface FileErrorFacts {
  path: string;
  /** Only for `FILE_UNSAFE`. */
  fault?: FileFault | undefined;
  /** What is wrong with this one, in a sentence. @default nothing more than the path */
  detail?: string | undefined;
  /** @default the text of the code */
  next?: string | undefined;
  cause?: unknown;
}

/**
 * A file or folder that cannot be used, or a disk that fails. Every one of these may pass, by an operator's hand or by
 * itself, so every one is `retryable`.
 */
export class FileError extends BaseError<FileErrorCode> {
  override readonly name = 'FileError';
  readonly path: string;
  readonly fault: FileFault | null;
  /** What is wrong with this one, or the name of the system's error; words that follow the path. */
  readonly detail: string | null;

  constructor(code: FileErrorCode, { path, fault, detail, next, cause }: FileErrorFacts) {
    const text = fileErrorTexts[code];
    const where = detail === undefined ? path : `${path}: ${detail}`;
    super({ code, shortMessage: text.what, metaMessages: [where, next ?? text.next], retryable: true, cause });
    this.path = path;
    this.fault = fault ?? null;
    this.detail = detail ?? null;
  }
}
