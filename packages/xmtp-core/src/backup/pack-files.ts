import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createTarDecoder, createTarPacker } from 'modern-tar';
import { mailboxError } from '../errors.ts';

/** A file that goes into a backup. */
export interface PackedFile {
  name: string;
  path: string;
}

type Bytes = ReadableStream<Uint8Array>;

const plainName = /^[A-Za-z0-9][\w.-]{0,98}$/u;
/** Of the manifest, which is read into memory. */
const maxTextBytes = 256 * 1024 * 1024;
/** No home has as many files. */
const maxEntries = 1_000;

/** What the first file of a backup says of the others. */
export interface Contents<Head> {
  head: Head;
  /** Under which name each file is kept; `null`: nowhere. */
  nameOf: (entry: string) => string | null;
  /** Files without which it is none. */
  required: readonly string[];
}

/** The files as a POSIX archive, each for its owner alone, in this order. Reads as fast as somebody takes it. */
export function packFiles(files: readonly PackedFile[], { mtime }: { mtime: Date }): Bytes {
  const { readable, controller } = createTarPacker();
  const pack = async () => {
    for (const { name, path } of files) {
      const file = await open(path);
      try {
        const { size } = await file.stat();
        const entry = controller.add({ name, size, mode: 0o600, mtime, type: 'file' });
        // One that grows meanwhile, as logs do, ends where it ended; one that is replaced is the one that was opened.
        const source = size === 0 ? Readable.from([]) : file.createReadStream({ end: size - 1, autoClose: false });
        await Readable.toWeb(source).pipeTo(entry);
      } finally {
        await file.close();
      }
    }
    controller.finalize();
  };
  pack().catch((error: unknown) => controller.error(error));
  return readable;
}

/**
 * Reads the first file into memory, gives it to `begin`, and writes the others into a private folder. Names are plain, none comes twice, and
 * files are files: nothing lands elsewhere. Whoever knows the public key that a backup is sealed for can make one.
 * @throws MailboxError BACKUP_UNREADABLE when it is not one of ours; what the reader of archives says of one that is cut off or damaged
 */
export async function unpackFiles<Head>(
  archive: Bytes,
  options: {
    folder: string;
    head: string;
    /** @returns what the first file says */
    begin: (text: string) => Promise<Contents<Head>>;
  },
): Promise<Head> {
  let begun: Contents<Head> | null = null;
  // Not every file system tells letter cases apart.
  const seen = new Set<string>();
  for await (const { header, body } of archive.pipeThrough(createTarDecoder({ strict: true }))) {
    const { name, type, size } = header;
    if (type !== 'file' || !plainName.test(name) || seen.has(name.toLowerCase()) || seen.size === maxEntries)
      throw mailboxError('BACKUP_UNREADABLE');
    seen.add(name.toLowerCase());
    if (begun === null) {
      if (name !== options.head || size > maxTextBytes) throw mailboxError('BACKUP_UNREADABLE');
      begun = await options.begin(await new Response(body).text());
      continue;
    }
    const kept = begun.nameOf(name);
    if (kept === null) await body.cancel();
    else {
      const file = createWriteStream(join(options.folder, kept), { mode: 0o600, flush: true });
      await pipeline(Readable.fromWeb(body as NodeReadableStream), file);
    }
  }
  if (begun === null || !begun.required.every((name) => seen.has(name))) throw mailboxError('BACKUP_UNREADABLE');
  return begun.head;
}
