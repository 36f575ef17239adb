import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPrivateFile, writeDurably } from '@xmtp-messaging/errors/files';
import { skillMarker } from '@xmtp-messaging/skill';
import { CliError } from '../errors.ts';
import type { RenderedFile } from './types.ts';

const markers = ['Written by "xmtp-messaging deploy', skillMarker];

/**
 * Writes what was rendered. A file that somebody else wrote stays, and then nothing is written.
 * @returns the absolute paths
 * @throws CliError FILE_FOREIGN, FileError
 */
export async function writeTarget(folder: string, files: readonly RenderedFile[]): Promise<string[]> {
  const placed = files.map(({ path, text }) => ({ path: join(folder, path), text }));
  for (const { path, text } of placed) {
    const present = await readPrivateFile(path, { followLinks: true, others: 'write', maxBytes: 32_000_000 });
    // JSON has no comments, and these names are ours.
    const isForeign = markers.some((marker) => text.includes(marker) && !present?.bytes.toString().includes(marker));
    if (present !== null && isForeign)
      throw new CliError({ code: 'FILE_FOREIGN', shortMessage: `${path} was not written by this program.` });
  }
  for (const { path, text } of placed) {
    await mkdir(dirname(path), { recursive: true });
    await writeDurably(path, text, { mode: 0o644 });
  }
  return placed.map(({ path }) => path);
}
