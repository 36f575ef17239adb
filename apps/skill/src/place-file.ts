import { lstat, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeText } from '@xmtp-messaging/errors';
import { fromSystemError, writeDurably } from '@xmtp-messaging/errors/files';
import type { PlannedFile } from './agent-files.ts';
import { SkillError } from './errors.ts';
import { marker } from './marker.ts';
import { mcpName } from './mcp-entry.ts';
import { mergeMcp } from './merge-mcp.ts';
import { readAnyFile } from './read-any-file.ts';
import type { DeployedFile } from './types.ts';

/** What placing a file would do. */
export interface Inspection {
  state: DeployedFile['state'];
  /** What it will hold, `null` when it will be gone. */
  text: string | null;
}

/**
 * Says what placing the file would do; `null` for nothing, where there should be nothing.
 * @throws SkillError FILE_FOREIGN, CONFIG_UNREADABLE, FOLDER_LINKED, FILE_UNWRITABLE
 */
export async function inspectFile(file: PlannedFile): Promise<Inspection | null> {
  const bytes = await readBytes(file.root, file.path);
  const present = bytes?.toString() ?? null;
  const text = 'entry' in file ? mergedText(file, bytes) : ownText(file, present);
  if (text === null) return present === null ? null : { state: 'removed', text };
  if (present === null) return { state: 'created', text };
  if (present !== text) return { state: 'updated', text };
  const isWanted = 'entry' in file ? file.entry !== null : file.text !== null;
  return isWanted ? { state: 'unchanged', text } : null;
}

/** What somebody else wrote is theirs: not replaced, and not removed. */
function ownText({ path, text }: { path: string; text: string | null }, present: string | null): string | null {
  if (present === null || present.includes(marker)) return text;
  if (text === null) return present;
  throw new SkillError({
    code: 'FILE_FOREIGN',
    shortMessage: `${path} exists and was not written by this program.`,
  });
}

function mergedText(
  { path, entry, format }: Extract<PlannedFile, { format: unknown }>,
  present: Buffer | null,
): string | null {
  const unreadable = (why: string) => new SkillError({ code: 'CONFIG_UNREADABLE', shortMessage: `${path} ${why}.` });
  // What is no text here would be other text when it is written again.
  const decoded = present === null ? null : decodeText(present);
  if (decoded?.ok === false) throw unreadable(decoded.why);
  const merged = mergeMcp(present?.toString() ?? null, { format, entry });
  if (!('problem' in merged)) return merged.text;
  if (merged.problem === 'unreadable')
    throw unreadable(`is not ${format === 'json' ? 'JSON' : 'TOML'} to which a server can be added`);
  throw new SkillError({
    code: 'FILE_FOREIGN',
    shortMessage: `${path} has a server called ${mcpName} that was not written by this program.`,
    metaMessages: ['Give that server another name, then deploy again. Nothing was deployed.'],
  });
}

/** Creates, replaces or removes the file; a reader finds the old text or the new, whole. @throws SkillError FILE_UNWRITABLE */
export async function placeFile(file: PlannedFile, text: string | null): Promise<void> {
  const { root, path } = file;
  const target = join(root, path);
  try {
    if (text === null) {
      await rm(target, { force: true });
      return;
    }
    await mkdir(dirname(target), { recursive: true });
    // Who may read a list of servers was decided by whoever made it.
    const present = 'entry' in file ? await lstat(target).catch(absentAsNull) : null;
    const mode = (present?.mode ?? 0o644) & 0o777;
    await writeDurably(target, text, { mode });
  } catch (cause) {
    throw unwritable(path, cause, 'Some files may have been written. Deploy again when this is mended.');
  }
}

/** What is in the place of a file, `null` for nothing. @throws SkillError FOLDER_LINKED, FILE_UNWRITABLE */
export async function readPresent(root: string, path: string): Promise<string | null> {
  return (await readBytes(root, path))?.toString() ?? null;
}

async function readBytes(root: string, path: string): Promise<Buffer | null> {
  try {
    await refuseLinks(root, path);
    return await readAnyFile(join(root, path));
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
