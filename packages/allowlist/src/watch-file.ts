import { type FSWatcher, watch as watchPath } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { timerMs } from '@xmtp-messaging/errors';
import { signatureOf } from './read-private-file.ts';

/** What to watch, and how patiently. Times in ms. */
export interface WatchFileOptions {
  path: string;
  settleMs: number;
  pollMs: number;
  /** Called when the file may have changed and has rested for `settleMs`. */
  onChange: () => Promise<void>;
  /** Called when the operating system's watch ended. */
  onLost: () => void;
  /** @default `watch` of node:fs */
  watch?: typeof watchPath | undefined;
}

/**
 * Watches the file itself, not its folder: the folder may be a busy one, and each write beside the list would wake this
 * process. A watch stays with the file that it was put on, and editors replace files; so it is put on anew after each
 * sign of life, before the file is read. A poll stands behind it for file systems that report nothing and for a file
 * that is not there yet. Every change after the call has begun is seen. Resolves to the way to stop.
 */
export async function watchFile(options: WatchFileOptions): Promise<() => void> {
  const { path, settleMs, pollMs, onChange, onLost, watch = watchPath } = options;
  const maxWaitMs = settleMs * 10;
  let watcher: FSWatcher | null = null;
  let settling: NodeJS.Timeout | undefined;
  let firstTouch = 0;
  let stopped = false;

  // Each new sign of life restarts the rest, up to a limit: a file that never rests is read nevertheless.
  const touch = () => {
    if (stopped) return;
    const time = performance.now();
    if (settling === undefined) firstTouch = time;
    clearTimeout(settling);
    settling = setTimeout(
      () => {
        settling = undefined;
        detach();
        attach();
        void onChange();
      },
      Math.max(0, Math.min(settleMs, firstTouch + maxWaitMs - time)),
    );
    settling.unref();
  };

  const attach = () => {
    if (watcher !== null || stopped) return;
    try {
      watcher = watch(path, { persistent: false }, touch);
    } catch {
      // It is not there: the poll tries again.
      return;
    }
    watcher.on('error', () => {
      detach();
      onLost();
    });
  };

  const detach = () => {
    watcher?.close();
    watcher = null;
  };

  attach();
  let seen = await sign(path);
  const look = async () => {
    attach();
    const signature = await sign(path);
    if (signature !== seen) touch();
    seen = signature;
  };
  const poll = setInterval(() => void look(), timerMs(pollMs));
  poll.unref();

  return () => {
    stopped = true;
    clearInterval(poll);
    clearTimeout(settling);
    detach();
  };
}

async function sign(path: string): Promise<string> {
  try {
    return signatureOf(await lstat(path, { bigint: true }));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
