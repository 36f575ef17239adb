import { readPrivateFile } from '@xmtp-messaging/errors/files';

/**
 * Reads a file that people share and edit, whosever it is; `null` when there is none. A FIFO in its place is an error, not a
 * wait for ever.
 * @throws FileError
 */
export async function readAnyFile(path: string): Promise<Buffer | null> {
  const file = await readPrivateFile(path, { followLinks: true, others: 'write', maxBytes: 4_000_000 });
  return file?.bytes ?? null;
}
