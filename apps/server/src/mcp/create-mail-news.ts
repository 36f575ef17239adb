import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '@xmtp-messaging/errors';
import type { MailNews } from './types.ts';

/** What came, and where to look on. */
export interface Mail {
  /** Of the last that was seen. */
  cursor: number;
  /** Where something came; `wakes` when it is pending. */
  messages: readonly { conversationId: string; wakes: boolean }[];
}

/**
 * Looks for mail behind a position: gives it as soon as there is some, or nothing after a while. With `null`: nothing, and where the
 * end is now. Rejects when it cannot be known.
 */
export type LookForMail = (after: number | null, signal: AbortSignal) => Promise<Mail>;

/** What news are made of. */
export interface MailNewsOptions {
  look: LookForMail;
  /** Before it looks again after a failure, milliseconds; grows to thirty times that. @default 1_000 */
  retryMs?: number | undefined;
}

/** The URI of what is pending. */
export const inboxUri = 'xmtp://inbox';

/** The URI of what was said in a conversation. */
export const conversationUri = (id: string) => `xmtp://conversations/${id}`;

/** Tells which resources have new mail. It looks only while somebody listens. */
export function createMailNews({ look, retryMs = 1000 }: MailNewsOptions): MailNews {
  const listeners = new Set<(uri: string) => void>();
  let watch: AbortController | null = null;
  let known = Promise.resolve();

  const follow = async (signal: AbortSignal, begun: () => void) => {
    let cursor: number | null = null;
    for (let failures = 0; !signal.aborted;) {
      try {
        const mail: Mail = await look(cursor, signal);
        // What came while the end could not be seen stands before it.
        const mayHaveMissed = cursor === null && failures > 0;
        cursor = mail.cursor;
        failures = 0;
        if (signal.aborted) return;
        const uris = new Set(mail.messages.map(({ conversationId }) => conversationUri(conversationId)));
        if (mayHaveMissed || mail.messages.some(({ wakes }) => wakes)) uris.add(inboxUri);
        for (const uri of uris) for (const listener of listeners) listener(uri);
        begun();
      } catch {
        failures += 1;
        begun();
        const ms = backoffMs(failures, { baseMs: retryMs, maxMs: 30 * retryMs });
        await delay(ms, undefined, { signal }).catch(() => {});
      }
    }
  };

  return {
    subscribe(listener) {
      // A function of its own: the same listener may be given twice.
      const one = (uri: string) => listener(uri);
      listeners.add(one);
      if (watch === null) {
        watch = new AbortController();
        const { promise, resolve } = Promise.withResolvers<void>();
        known = promise;
        void follow(watch.signal, resolve).finally(resolve);
      }
      return () => {
        listeners.delete(one);
        if (listeners.size > 0) return;
        watch?.abort();
        watch = null;
      };
    },
    known: () => known,
  };
}
