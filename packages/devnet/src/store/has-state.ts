import { statSync } from 'node:fs';
import { cannotReadState } from '../errors.ts';

/** Whether there is one to load. An empty file, as `mktemp` makes it, is none yet. @throws DevnetError CANNOT_READ_STATE */
export function hasState(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) throw cannotReadState({ path, reason: 'It is not a file.' });
  return found !== undefined && found.size > 0;
}
