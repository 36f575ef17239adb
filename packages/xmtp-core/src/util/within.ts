import { timerMs } from '@xmtp-messaging/errors';
import { untilAborted } from './until-aborted.ts';

/**
 * What `work` resolves to, or `late` after `ms`. Rejects with the signal's reason when it aborts first. The work itself goes
 * on: the SDK's calls cannot be stopped.
 */
export async function within<T>(
  work: Promise<T>,
  { ms, signal }: { ms: number; signal?: AbortSignal | undefined },
): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), timerMs(ms));
  });
  try {
    return await untilAborted(Promise.race([work, timeout]), signal);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

export const late: unique symbol = Symbol('late');
