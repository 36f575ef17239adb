import { readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { openAllowlist, openGroupList } from '@xmtp-messaging/allowlist';
import { isBaseError } from '@xmtp-messaging/errors';
import { checkFile, FileError, fileErrorTexts, fromSystemError } from '@xmtp-messaging/errors/files';
import type { ServerStatus } from '../servers/read-status.ts';
import { checkHomeEnd } from './check-home-end.ts';
import { checkSizes } from './check-sizes.ts';
import { fail, type Finding, ok, warn } from './types.ts';

const lowBytes = 1_000_000_000;
const emptyBytes = 100_000_000;

/** A home, and what its server says; `null` when it does not answer. */
export interface HomeSubject {
  /** The folder of the address. */
  home: string;
  status: ServerStatus | null;
  fix: boolean;
}

/** The home folder: who can read it, the lists, the journal, the lock, and space on its disk. */
export async function checkHomeFolder({ home, status, fix }: HomeSubject): Promise<Finding[]> {
  const names = await readdir(home).catch((error: unknown) => fromSystemError(home, error));
  const unfinished = await checkUnfinished(home);
  if (names instanceof FileError) return [missing(home, names, status), ...unfinished, await checkDisk(home)];
  return [
    checkHomeEnd(home),
    ...unfinished,
    ...checkModes(home, names, fix),
    ...(await Promise.all(
      (['allowlist', 'denylist', 'grouplist'] as const).map(async (list) => await checkList(home, list)),
    )),
    checkJournal(home, names),
    checkSizes(home),
    ...(await checkLock({ home, names, status, fix })),
    await checkDisk(home),
  ];
}

/** What a restore that was cut off left beside the home: it may hold an installation that was registered. */
async function checkUnfinished(home: string): Promise<Finding[]> {
  const there = await readdir(`${home}.restoring`).catch(() => null);
  if (there === null) return [];
  const next =
    'Run restore again with the same backup: it goes on. To give it up, remove the folder and see revoke-installations.';
  return [warn('restore', `A restore was cut off: ${home}.restoring.`, next)];
}

function checkModes(home: string, names: readonly string[], fix: boolean): Finding[] {
  const all = [
    { at: home, kind: 'folder' as const },
    // A backup that is being made, or was: the next one removes it.
    ...names
      .filter((name) => !name.startsWith('.backup-'))
      .map((name) => ({ at: join(home, name), kind: 'file' as const })),
  ];
  const found = all.flatMap(({ at, kind }): Finding[] => {
    try {
      const mended = checkFile(at, { kind, others: fix ? 'mend' : 'nothing' })?.mendedFrom ?? null;
      if (mended === null) return [];
      return [{ ...warn('file-modes', `Others could use ${at}.`, 'It is for its owner alone now.'), fixed: true }];
    } catch (error) {
      const why = isBaseError(error) ? error.shortMessage : at;
      return [fail('file-modes', why, `chmod ${kind === 'folder' ? '700' : '600'} it, or run with --fix.`)];
    }
  });
  return found.length > 0 ? found : [ok('file-modes', 'The home is for its owner alone.')];
}

async function checkList(home: string, list: 'allowlist' | 'denylist' | 'grouplist'): Promise<Finding> {
  const open = list === 'grouplist' ? openGroupList : openAllowlist;
  const opened = await open({ path: join(home, `${list}.yaml`), watch: false });
  try {
    const { state, count, error } = opened.status();
    if (state === 'ready') return ok(list, `The ${list} has ${count} entries.`);
    return fail(
      list,
      `The ${list} cannot be read, so nobody is heard: ${error?.message ?? 'unknown'}`,
      'Mend that line.',
    );
  } finally {
    await opened.close();
  }
}

function checkJournal(home: string, names: readonly string[]): Finding {
  if (!names.includes('journal.db')) return ok('journal', 'There is no journal yet.');
  const damaged = (why: string) =>
    fail(
      'journal',
      `The journal is damaged (${why}).`,
      'Start the server: it goes on from journal.db.copy. Do not remove the file.',
    );
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(join(home, 'journal.db'), { readOnly: true, timeout: 2000 });
    const rows = database.prepare('pragma quick_check(1)').all();
    const said = String(Object.values(rows[0] ?? { said: 'nothing' })[0]);
    return said === 'ok' ? ok('journal', 'The journal is sound.') : damaged(said.slice(0, 80));
  } catch (error) {
    return damaged(error instanceof Error && 'errstr' in error ? String(error.errstr) : 'unreadable');
  } finally {
    database?.close();
  }
}

interface LockSubject extends HomeSubject {
  names: readonly string[];
}

/** The lock ends with its process; what cannot end by itself is a process that hangs, and an announcement of one that was killed. */
async function checkLock({ home, names, status, fix }: LockSubject): Promise<Finding[]> {
  const isHeld = names.includes('lock') && isLocked(join(home, 'lock'));
  if (isHeld && status === null)
    return [
      fail(
        'lock',
        'A process has the mailbox open, and no server answers.',
        'It is still starting, it hangs, or it listens elsewhere: see `npx @xmtp-messaging/cli status`, or end it.',
      ),
    ];
  if (isHeld || !names.includes('server.json'))
    return [ok('lock', isHeld ? 'The server has the mailbox open.' : 'Nobody has the mailbox open.')];
  const stale = warn('lock', 'A server that was killed has left server.json behind.', 'Harmless; --fix removes it.');
  if (fix) await rm(join(home, 'server.json'), { force: true });
  return [fix ? { ...stale, next: 'It is removed.', fixed: true } : stale];
}

function isLocked(path: string): boolean {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    database.exec('select count(*) from sqlite_schema');
    return false;
  } catch (error) {
    return error instanceof Error && 'errcode' in error && error.errcode === 5;
  } finally {
    database?.close();
  }
}

async function checkDisk(home: string): Promise<Finding> {
  for (let at = home; ; at = join(at, '..')) {
    const space = await statfs(at).catch(() => null);
    if (space !== null) return judgeSpace(space.bavail * space.bsize);
    if (at === '/') return ok('disk', 'The system does not say how much space is left.');
  }
}

/** @param free Bytes that this user may still write. */
export function judgeSpace(free: number): Finding {
  const words = `${Math.floor(free / 1_000_000)} MB are free on the disk of the home.`;
  const next = 'Make room: on a full disk messages can be neither sent nor received.';
  if (free < emptyBytes) return fail('disk', words, next);
  return free < lowBytes ? warn('disk', words, next) : ok('disk', words);
}

/** A folder that cannot be looked into: before the first start there is none, but what is there and hidden is no such thing. */
function missing(home: string, { code, shortMessage, metaMessages }: FileError, status: ServerStatus | null): Finding {
  if (code !== 'PATH_MISSING') return fail('home', shortMessage, metaMessages.join(' '));
  if (status === null) return ok('home', `${home} is not there yet; the first start makes it.`);
  const { what, next } = fileErrorTexts.PATH_MOVED;
  return fail('home', `${home} is not there, and its server runs. ${what}`, next);
}
