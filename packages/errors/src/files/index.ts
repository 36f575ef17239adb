// Node only: one check and one writer for every file that is ours.
export { checkFile, type CheckedFile } from './check-file.ts';
export { FileError, type FileErrorCode, type FileErrorFacts, fileErrorTexts, type FileFault } from './errors.ts';
export { type FileCheck, findFault, type FoundFault } from './find-fault.ts';
export { errnoOf, fromSystemError } from './from-system-error.ts';
export { ensurePrivateFolder, makeFolder } from './ensure-private-folder.ts';
export { readPrivateFile, readPrivateFileSync, type ReadCheck, type ReadFile } from './read-private-file.ts';
export { type PlaceWatch, watchPlace } from './watch-place.ts';
export { writeDurably, writeDurablySync, type WriteOptions } from './write-durably.ts';
