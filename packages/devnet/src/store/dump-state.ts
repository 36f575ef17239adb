import type { DatabaseSync } from 'node:sqlite';
import { writeDurably } from '@xmtp-messaging/errors/files';
import { DevnetError } from '../errors.ts';
import { digestName, digestRows } from './digest-rows.ts';

/** Writes everything into one file, whole or not at all. @throws DevnetError CANNOT_WRITE_STATE */
export async function dumpState(database: DatabaseSync, path: string): Promise<void> {
  try {
    await writeDurably(path, async (draft) => {
      const put = database.prepare('insert or replace into setting (name, value) values (?, ?)');
      put.run(digestName, digestRows(database));
      try {
        database.prepare('vacuum into ?').run(draft);
      } finally {
        database.prepare('delete from setting where name = ?').run(digestName);
      }
    });
  } catch (cause) {
    const shortMessage = `The devnet cannot write its state to ${path}.`;
    throw new DevnetError({ code: 'CANNOT_WRITE_STATE', shortMessage, cause });
  }
}
