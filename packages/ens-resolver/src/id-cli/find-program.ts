import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Finds a program in `searchPath`, written like PATH. Relative and empty entries are skipped: they would let
 * whoever writes to the working directory choose the program.
 * @returns Its absolute path, or `null`.
 */
export async function findProgram(program: string, searchPath: string): Promise<string | null> {
  if (isAbsolute(program)) return (await isExecutable(program)) ? program : null;
  for (const folder of absoluteFolders(searchPath)) {
    const path = join(folder, program);
    if (await isExecutable(path)) return path;
  }
  return null;
}

/** The absolute entries of a PATH. */
export function absoluteFolders(searchPath: string): string[] {
  return searchPath.split(delimiter).filter((folder) => isAbsolute(folder));
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
