import { lstat, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fromSystemError, writeDurably } from '@xmtp-messaging/errors/files';
import type { PlannedFile } from './agent-files.ts';
import { SkillError } from './errors.ts';
import { marker } from './marker.ts';
import { readAnyFile } from './read-any-file.ts';
import type { DeployedFile } from './types.ts';

/** Says what placing the file would do. @throws SkillError FILE_FOREIGN, FOLDER_LINKED, FILE_UNWRITABLE */
export async function inspectFile(root: string, { path, text }: PlannedFile): Promise<DeployedFile | null> {
  const present = await readPresent(root, path);
  if (present !== null && !present.includes(marker)) {
    // What somebody else wrote is theirs: not replaced, and not removed.
    if (text === null) return null;
    throw new SkillError({
      code: 'FILE_FOREIGN',
      shortMessage: `${path} exists and was not written by this program.`,
    });
  }
  if (text === null) return present === null ? null : { path, state: 'removed' };
  if (present === null) return { path, state: 'created' };
  return { path, state: present === text ? 'unchanged' : 'updated' };
}

/** Creates, replaces or removes the file; a reader finds the old text or the new, whole. @throws SkillError FILE_UNWRITABLE */
export async function placeFile(root: string, { path, text }: PlannedFile): Promise<void> {
  const target = join(root, path);
  try {
    if (text === null) {
      await rm(target, { force: true });
      return;
    }
    await mkdir(dirname(target), { recursive: true });
    await writeDurably(target, text, { mode: 0o644 });
  } catch (cause) {
    throw unwritable(path, cause, 'Some files may have been written. Deploy again when this is mended.');
  }
}

/** What is in the place of a file, `null` for nothing. @throws SkillError FOLDER_LINKED, FILE_UNWRITABLE */
export async function readPresent(root: string, path: string): Promise<string | null> {
  try {
    await refuseLinks(root, path);
    return (await readAnyFile(join(root, path)))?.toString() ?? null;
  } catch (cause) {
    throw cause instanceof SkillError ? cause : unwritable(path, cause, 'Nothing was deployed.');
  }
}

/** Each step of the path must be what its name says: a link in it would lead our files elsewhere. */
async function refuseLinks(root: string, path: string): Promise<void> {
  const steps = path.split('/');
  for (const count of steps.keys()) {
    const step = steps.slice(0, count + 1).join('/');
    const stats = await lstat(join(root, step)).catch(absentAsNull);
    if (stats === null) return;
    if (stats.isSymbolicLink()) {
      throw new SkillError({
        code: 'FOLDER_LINKED',
        shortMessage: `${step} is a symbolic link.`,
      });
    }
  }
}

function absentAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

function unwritable(path: string, cause: unknown, hint: string): SkillError {
  return new SkillError({
    code: 'FILE_UNWRITABLE',
    shortMessage: `${path} cannot be written (${fromSystemError(path, cause).detail ?? 'unknown reason'}).`,
    metaMessages: [hint],
    cause,
  });
}
