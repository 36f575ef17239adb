import { timerMs } from '@xmtp-messaging/errors';
import type { Inbox } from '@xmtp-messaging/xmtp-core';

/** Resolves when the journal is past `after`, when `timeoutMs` has passed, or when `signal` aborts; never rejects. */
export function waitForMessage(
  inbox: Pick<Inbox, 'lastSeq' | 'subscribe'>,
  options: { after: number; timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const { after, timeoutMs, signal } = options;
  return new Promise((resolve) => {
    const done = () => {
      unsubscribe();
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const unsubscribe = inbox.subscribe(() => {
      if (inbox.lastSeq() > after) done();
    });
    const timer = setTimeout(done, timerMs(timeoutMs));
    signal.addEventListener('abort', done);
    if (signal.aborted || inbox.lastSeq() > after) done();
  });
}
