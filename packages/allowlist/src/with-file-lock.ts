import { setTimeout as delay } from 'node:timers/promises';
import { checkFile } from '@xmtp-messaging/errors/files';
import { tryLock } from '@xmtp-messaging/errors/lock';
import { AllowlistError } from './errors.ts';

/** How to wait for a lock. */
export interface FileLockOptions {
  /** The lock's own file; it stays behind, empty. */
  path: string;
  /** In ms. */
  timeoutMs: number;
  signal: AbortSignal;
  /** In [0, 1). @default Math.random */
  random?: (() => number) | undefined;
}

/**
 * Runs `task` while no other process does the same; a lock ends with its process.
 * @throws AllowlistError ALLOWLIST_LOCKED after `timeoutMs`; the signal's reason; what `task` throws.
 */
export async function withFileLock<T>(options: FileLockOptions, task: () => Promise<T>): Promise<T> {
  const { path, timeoutMs, signal, random = Math.random } = options;
  checkFile(path, { others: 'mend' });
  const end = performance.now() + timeoutMs;
  let release = tryLock(path);
  while (release === null) {
    if (performance.now() > end) throw locked(path, timeoutMs);
    await delay(5 + random() * 20, undefined, { signal });
    release = tryLock(path);
  }
  try {
    return await task();
  } finally {
    release();
  }
}

function locked(path: string, timeoutMs: number): AllowlistError {
  return new AllowlistError({
    code: 'ALLOWLIST_LOCKED',
    shortMessage: `Another process has been editing the list for ${timeoutMs} ms.`,
    metaMessages: [`Find who holds ${path}, or try again.`],
  });
}
