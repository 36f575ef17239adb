import { watch } from 'node:fs';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/** How to read a log. */
export interface TailOptions {
  /** How many of the last lines. */
  lines: number;
  /** Goes on with what is added. */
  follow: boolean;
  onLine: (line: string) => void;
  /** Ends the following. */
  signal: AbortSignal;
}

/** The last lines of a log of `openLog`, and then those that are added to it, over its rotations. No file has no lines. */
export async function tailLog(path: string, { lines, follow, onLine, signal }: TailOptions): Promise<void> {
  let file: FileHandle | null = null;
  let decoder = new StringDecoder('utf8');
  let rest = '';
  /** Whole lines that were not read yet. */
  const read = async (): Promise<string[]> => {
    const all = (rest + decoder.write((await file?.readFile()) ?? Buffer.alloc(0))).split('\n');
    rest = all.pop() ?? '';
    return all;
  };
  /** Goes on in the file that has the name now, once the one before is read to its end. */
  const turnOver = async (): Promise<boolean> => {
    const [named, held] = [await stat(path).catch(() => null), (await file?.stat()) ?? null];
    if (named === null || (held !== null && held.ino === named.ino && held.dev === named.dev)) return false;
    if (file !== null) (await read()).forEach(onLine);
    await file?.close();
    file = await open(path, 'r').catch(() => null);
    [decoder, rest] = [new StringDecoder('utf8'), ''];
    return file !== null;
  };
  const step = async () => {
    do (await read()).forEach(onLine);
    while (await turnOver());
  };

  // Watched before it is read, and by its folder: the file is another after a rotation, and may not be there yet.
  const watcher = follow ? watchFolder(dirname(path)) : null;
  try {
    await turnOver();
    const last = await read();
    const before = last.length < lines ? await linesOf(`${path}.1`) : [];
    if (lines > 0) for (const line of [...before, ...last].slice(-lines)) onLine(line);
    if (watcher === null) return;
    let turn = Promise.resolve();
    const look = () => {
      turn = turn.then(step);
    };
    watcher.on('change', (_event, name) => {
      if (name === null || name === basename(path)) look();
    });
    look();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await turn;
  } finally {
    watcher?.close();
    await (file as FileHandle | null)?.close();
  }
}

/** `null` where there is no such folder. */
function watchFolder(folder: string) {
  try {
    return watch(folder).on('error', () => {});
  } catch {
    return null;
  }
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').slice(0, -1);
}
