import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the README of an example tells its reader to type. */
export interface ReadmeLines {
  /** Packages of the line that installs, in its order; none for a language of its own. */
  packages: string[];
  /** The line that runs it. */
  command: string;
}

/** The first block of commands: a line that installs, where there is one, and then the line that runs it. */
export function readReadme(folder: string): ReadmeLines {
  const text = readFileSync(join(folder, 'README.md'), 'utf8');
  const block = /^```sh\b[^\n]*\n(?<lines>[^]*?)^```$/mu.exec(text)?.groups?.['lines'];
  const lines = block?.trim().split('\n') ?? [];
  const command = lines.at(-1);
  if (command === undefined || lines.length > 2) throw new Error(`${folder}/README.md: one or two lines are expected`);
  const packages =
    lines.length === 2 ? (/^npm install (?<names>.+)$/u.exec(lines[0]!)?.groups?.['names'] ?? '').split(' ') : [];
  return { packages, command };
}
