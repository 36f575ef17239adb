import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where the next content of a file is written before it takes the file's name. */
export function draftOf(path: string): string {
  return join(dirname(path), `${prefix(path)}${randomBytes(8).toString('hex')}.tmp`);
}

/** Drafts of a file, of a writer at work or of a crash. */
export function draftsOf(path: string): string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix(path)) && name.endsWith('.tmp'))
    .map((name) => join(folder, name));
}

/** A crash between giving a file its name and taking that of the draft leaves two: takes that of the draft. */
export function dropDraftOf(path: string, { ino, dev }: Stats): boolean {
  const twin = draftsOf(path).find((draft) => {
    const stats = statSync(draft, { throwIfNoEntry: false });
    return stats?.ino === ino && stats.dev === dev;
  });
  if (twin === undefined) return false;
  rmSync(twin);
  return true;
}

const prefix = (path: string): string => `.${basename(path)}.`;
