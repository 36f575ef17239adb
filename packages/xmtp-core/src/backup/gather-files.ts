import { chmodSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from '@xmtp-messaging/errors/sqlite';
import { checkFile, writeDurably } from '@xmtp-messaging/errors/files';
import { loadEncryptionKey } from '../home/load-encryption-key.ts';
import type { HomeState } from '../home/home-state.ts';
import type { HomePaths } from '../home/open-home.ts';
import { fromFileError, mailboxError } from '../errors.ts';
import { readCursor } from '../inbox/scan-cursor.ts';
import { copyJournalTo } from '../journal/keep-journal-copy.ts';
import type { Archives } from '../sdk/create-archives.ts';
import { type BackupManifest, entries } from './parse-manifest.ts';
import type { PackedFile } from './pack-files.ts';

/** Begins the names of folders in which a backup is made. */
const draftPrefix = '.backup-';

/** What belongs to one process, or to one installation: it is never put back. The journal goes in as its own copy. */
export const isLeft = (name: string): boolean =>
  name.startsWith('.') ||
  name.startsWith('xmtp.db') ||
  name.startsWith('journal.db') ||
  name.startsWith('lock') ||
  ['server.json', 'state.json', ...Object.values(entries)].includes(name);

/** What a backup is made of, and the end of what was written for it. */
export interface GatheredFiles {
  manifest: BackupManifest;
  files: PackedFile[];
  remove: () => Promise<void>;
}

/**
 * Gathers what goes into a backup, in a folder of its own within the home. The archive of messages is made before the journal is
 * copied: what came in between is known to the journal, and never the other way round.
 */
export async function gatherFiles(options: {
  paths: HomePaths;
  state: HomeState & { installationId: string };
  archives: Pick<Archives, 'create' | 'received'>;
  /** Brings what the journal holds in memory to its file. */
  flush: () => void;
  now: () => number;
}): Promise<GatheredFiles> {
  const { paths, state, archives, now } = options;
  for (const name of await readdir(paths.root)) {
    // Of a process that was killed: there is one backup of a home at a time.
    if (name.startsWith(draftPrefix)) await rm(join(paths.root, name), { recursive: true, force: true });
  }
  const folder = await mkdtemp(join(paths.root, draftPrefix));
  const remove = () => rm(folder, { recursive: true, force: true });
  const at = (name: string) => join(folder, name);
  try {
    chmodSync(folder, 0o700);
    const madeAt = now();
    const encryptionKey = await loadEncryptionKey(paths.key, { hasDatabase: true });
    options.flush();
    const insertedAfterNs = cursorOf(paths.journal, now);
    await archives.create(at(entries.archive), encryptionKey);
    const recent: string[] = [];
    for await (const page of archives.received(insertedAfterNs)) recent.push(...page.map(({ id }) => id));
    options.flush();
    await copyJournalTo(paths.journal, at(entries.journal));
    const { address, network, inboxId, installationId } = state;
    const id = randomBytes(16).toString('hex');
    const manifest: BackupManifest = { version: 1, id, madeAt, address, network, inboxId, installationId, recent };
    await writeDurably(at(entries.manifest), `${JSON.stringify(manifest)}\n`);
    const made = Object.values(entries).map((name) => ({ name, path: at(name) }));
    return { manifest, files: [...made, ...(await filesOf(paths.root))], remove };
  } catch (error) {
    await remove();
    throw fromFileError(paths.root, error);
  }
}

/** Every other file of the home: lists, keys, tokens, the audit log. */
async function filesOf(root: string): Promise<PackedFile[]> {
  const names = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && !isLeft(entry.name))
    .map(({ name }) => name);
  return names.toSorted().flatMap((name) => {
    const path = join(root, name);
    return checkFile(path, { others: 'mend' }) === null ? [] : [{ name, path }];
  });
}

function cursorOf(journal: string, now: () => number): bigint {
  const database = new DatabaseSync(journal, { readOnly: true, timeout: 5_000 });
  try {
    const get = database.prepare('select value from meta where key = ?');
    const getMeta = (key: string) => (get.get(key)?.['value'] as string | undefined) ?? null;
    return readCursor({ getMeta }, { now });
  } finally {
    database.close();
  }
}

/** A state that a backup can be made of. @throws MailboxError INVALID_REQUEST, STALE_COPY, MOVED */
export function requireUsed(root: string, state: HomeState | null): HomeState & { installationId: string } {
  if (state === null || state.installationId === null) {
    throw mailboxError('INVALID_REQUEST', { detail: `${root}: no home that was used.` });
  }
  if (state.ended !== undefined) throw mailboxError(state.ended.code);
  return { ...state, installationId: state.installationId };
}
