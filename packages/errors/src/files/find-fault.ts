import type { Stats } from 'node:fs';
import type { FileFault } from './errors.ts';

/** What is asked of a file or folder before it is used. */
export interface FileCheck {
  /** @default 'file' */
  kind?: 'file' | 'folder' | undefined;
  /**
   * What others may do with it. `nothing`: more is refused. `mend`: more is taken away (0600, or 0700 for a folder).
   * `mend-reading`: reading is taken away; what others could write is refused. `read`: they may read it. `write`: whose it is and who changes
   * it is no matter, only what kind of thing it is.
   * @default 'mend-reading'
   */
  others?: 'nothing' | 'mend' | 'mend-reading' | 'read' | 'write' | undefined;
  /** Whether a symbolic link is followed; what it leads to is checked then. @default false */
  followLinks?: boolean | undefined;
}

/** What is wrong, in words that follow the path. */
export interface FoundFault {
  /** Which of the faults. */
  fault: FileFault;
  /** What is wrong with this one: words that follow the path. */
  detail: string;
  /** What to do. */
  next: string;
}

/**
 * Whether somebody else may have put this in its place or changed it. Root is no exception: what another user owns is
 * refused for root as well. `user` is `undefined` where there are no users to tell apart (Windows).
 */
export function findFault(stats: Stats, check: FileCheck, user = process.getuid?.()): FoundFault | null {
  const { kind = 'file', others = 'mend-reading', followLinks = false } = check;
  if (stats.isSymbolicLink()) {
    return { fault: 'symbolic-link', detail: 'a symbolic link', next: 'Put the thing itself there, not a link to it.' };
  }
  if (kind === 'file' ? !stats.isFile() : !stats.isDirectory()) {
    const wanted = kind === 'file' ? 'not a regular file' : 'not a folder';
    return { fault: 'kind', detail: wanted, next: 'Move what is in its place away.' };
  }
  if (user === undefined || others === 'write') return null;
  if (stats.uid !== user && stats.uid !== 0) {
    return {
      fault: 'owner',
      detail: `belongs to user ${stats.uid}, this process is user ${user}`,
      next: 'Check what it holds, then chown it to this user, or run as its owner.',
    };
  }
  const mode = stats.mode & 0o777;
  if ((mode & 0o077 & ~allowed(others, stats.uid === user)) !== 0) {
    const can = (mode & 0o022) === 0 ? 'read' : 'write';
    return {
      fault: 'mode',
      detail: `its mode ${mode.toString(8).padStart(4, '0')} lets others ${can} it`,
      next: `Check what it holds, then chmod ${kind === 'file' ? '600' : '700'} it.`,
    };
  }
  if (kind === 'file' && !followLinks && stats.nlink > 1) {
    return {
      fault: 'hard-link',
      detail: `${stats.nlink} names lead to it`,
      next: 'Copy it to a file of its own, and put that in its place.',
    };
  }
  return null;
}

/** Permissions of group and others that are no fault: because they do no harm, or because they are taken away. */
function allowed(others: NonNullable<FileCheck['others']>, ours: boolean): number {
  if (others === 'nothing') return 0;
  return others === 'mend' && ours ? 0o077 : 0o055;
}

/** The mode it must be given; `null` when it is right, or not ours to change. */
export function mendedMode(stats: Stats, check: FileCheck, user = process.getuid?.()): number | null {
  const { kind = 'file', others = 'mend-reading' } = check;
  if (others === 'read' || others === 'write' || others === 'nothing' || stats.uid !== user) return null;
  const wanted = kind === 'file' ? 0o600 : 0o700;
  return (stats.mode & 0o777) === wanted ? null : wanted;
}
