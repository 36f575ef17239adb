import { access, constants, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

/** A program that may be run; or one that is there, and why it may not. */
export type FoundProgram = { ok: true; path: string } | { ok: false; path: string; why: string };

/**
 * Finds a program in `searchPath`, written like PATH. Relative and empty entries are skipped: they would let
 * whoever writes to the working directory choose the program. So would a folder that everybody can write.
 * @returns The first that may be run, else the first that may not, else `null`.
 */
export async function findProgram(program: string, searchPath: string): Promise<FoundProgram | null> {
  const candidates = isAbsolute(program)
    ? [program]
    : absoluteFolders(searchPath).map((folder) => join(folder, program));
  let refused: FoundProgram | null = null;
  for (const path of candidates) {
    if (!(await isExecutable(path))) continue;
    const why = await findChooser(path);
    if (why === null) return { ok: true, path };
    refused ??= { ok: false, path, why };
  }
  return refused;
}

/** Who else could have put the program there: the way to it as it is written, and where its links lead. */
async function findChooser(path: string): Promise<string | null> {
  if (process.getuid === undefined) return null;
  const real = await realpath(path);
  const program = await stat(real);
  if (program.uid !== 0 && program.uid !== process.getuid()) return `it belongs to user ${program.uid}`;
  if ((program.mode & 0o002) !== 0) return 'everybody can write it';
  for (const start of new Set([dirname(path), dirname(real)])) {
    for (let folder = start; ; folder = dirname(folder)) {
      const { mode } = await stat(folder);
      // In a sticky folder, such as /tmp, nobody replaces what is another's.
      if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0) return `everybody can write its folder ${folder}`;
      if (folder === dirname(folder)) break;
    }
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
