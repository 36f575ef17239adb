import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';

/** Says which network this file has to the other one, which runs at the same time, and hears which that has. */
export async function meetOther(name: 'first' | 'second', url: string): Promise<string> {
  const folder = process.env['MEETING_FOLDER']!;
  const mine = join(folder, name);
  await writeFile(`${mine}.draft`, url);
  await rename(`${mine}.draft`, mine);
  const other = join(folder, name === 'first' ? 'second' : 'first');
  return waitFor(() => readFile(other, 'utf8').catch(() => null), { what: 'the other file', timeoutMs: 30_000 });
}
